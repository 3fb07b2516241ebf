import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project, its path relative to the root and with slashes. */
export interface SourceFile {
	readonly path: string;
	readonly text: string;
}

/** Every file below `folder` whose name matches, in the order of their paths. */
export function sourceFiles(root: string, folder: string, name: RegExp): SourceFile[] {
	const paths: string[] = [];
	const walk = (path: string) => {
		for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
			const inner = `${path}/${entry.name}`;
			if (entry.isDirectory()) walk(inner);
			else if (name.test(entry.name)) paths.push(inner);
		}
	};
	if (existsSync(join(root, folder))) walk(folder);
	return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
