import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout: number) => ({
	test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
	test: {
		projects: [
			project('fast', ['test/unit/**/*.test.ts', 'test/property/**/*.test.ts', 'test/golden/**/*.test.ts'], 20_000),
			// Plants one breach of every house rule in a copy of the project.
			project('checks', ['test/checks/**/*.test.ts'], 300_000),
			project('slow', ['test/slow/**/*.test.ts'], 600_000),
		],
		// By default one core is left to spare: of two that is half.
		maxWorkers: '100%',
		passWithNoTests: true,
	},
});
