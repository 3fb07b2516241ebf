import { describe, expect, it } from 'vitest';
import acceptanceFile from '../../../content/policy/acceptance.json' with { type: 'json' };
import { acceptanceFigures, acceptanceSentence } from '../../../src/i18n/acceptanceSentence.ts';
import en from '../../../src/i18n/en/acceptance.json' with { type: 'json' };
import { translator } from '../../../src/i18n/translate.ts';
import zh from '../../../src/i18n/zh/acceptance.json' with { type: 'json' };
import {
	ACCEPTANCE_CHECKS,
	ACCEPTANCE_REASONS,
	type AcceptanceReason,
	acceptCase,
} from '../../../src/importers/acceptance.ts';
import { type SeriesFacts, voxelFacts } from '../../../src/importers/seriesFacts.ts';
import { SEQUENCES, type Sequence } from '../../../src/protocol/protocol.ts';
import { acceptancePolicySchema } from '../../../src/schemas/acceptancePolicy.ts';

const policy = acceptancePolicySchema.parse(acceptanceFile);

type Over = Partial<Omit<SeriesFacts, 'voxels'>> & { voxels?: Partial<SeriesFacts['voxels']>; distance?: number };

/** An axial series of 30 slices that passes every check. */
function series(sequence: Sequence | null, { voxels, distance = 5, ...over }: Over = {}): SeriesFacts {
	return {
		name: `${sequence}.nii.gz`,
		sequence,
		grid: { dims: [200, 200, 30], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, distance, 0, 0, 0, 0, 1] },
		orientation: 'known',
		acquisition: { dimension: '2D', thicknessMm: 4, bitsStored: 12, derived: false, lossy: false, bValue: 1000 },
		...over,
		voxels: { doubled: [], empty: [], levels: 1024, datatype: 'int16', ...voxels },
	};
}

const whole = (): SeriesFacts[] => SEQUENCES.map((sequence) => series(sequence));

/** The verdict and reason of one check of one series. */
function verdict(check: string, sequence: Sequence, over: Over = {}) {
	const [only] = acceptCase([series(sequence, over)], policy).series;
	const found = only!.checks.find((each) => each.check === check);
	return found && [found.verdict, found.reason, ...found.rules];
}

const sagittal = { dims: [200, 200, 30] as const, affine: [0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1] };
const coronal = { dims: [200, 200, 30] as const, affine: [1, 0, 0, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 1] };

describe('acceptCase', () => {
	it('passes a case with all sequences as they should be', () => {
		const report = acceptCase(whole(), policy);
		expect(report.verdict).toBe('pass');
		expect(report.series.map(({ checks }) => checks.length)).toEqual([10, 10, 10, 10, 11, 9]);
	});

	it('fails without T1, T2, FLAIR or T1C, warns without DWI or ADC (R2.2-0, A7)', () => {
		for (const sequence of SEQUENCES) {
			const report = acceptCase(
				whole().filter((facts) => facts.sequence !== sequence),
				policy,
			);
			const diffusion = sequence === 'DWI' || sequence === 'ADC';
			expect(report.verdict).toBe(diffusion ? 'warn' : 'fail');
			const missing = report.sequences.filter((each) => each.verdict !== 'pass');
			expect(missing.map((each) => [each.sequence, each.reason])).toEqual([
				[sequence, diffusion ? 'sequenceWanted' : 'sequenceMissing'],
			]);
			expect(missing[0]!.rules).toContain('R2.2-0');
		}
	});

	it('asks for axial T2 and diffusion, and axial or sagittal for the others', () => {
		for (const sequence of SEQUENCES) {
			const only = ['T2', 'DWI', 'ADC'].includes(sequence);
			expect(verdict('plane', sequence)?.[0]).toBe('pass');
			const sideways = only ? 'fail' : sequence === 'T1' ? 'pass' : 'warn';
			expect(verdict('plane', sequence, { grid: sagittal })?.[0]).toBe(sideways);
			expect(verdict('plane', sequence, { grid: coronal })?.slice(0, 2)).toEqual(['fail', 'planeWrong']);
		}
		expect(verdict('plane', 'T1')?.[2]).toBe('R2.2-1');
		expect(verdict('plane', 'T1C')?.[2]).toBe('R2.2-5');
		// Regions are better drawn on axial images than on sagittal ones, which may be acquired.
		expect(verdict('plane', 'FLAIR', { grid: sagittal })).toEqual(['warn', 'planeNotAxial', 'R6-7a']);
		// Slices tilted by 30° about the left–right axis are still axial; at right angles to a body diagonal they are nothing.
		const tilt = { dims: [9, 9, 9] as const, affine: [1, 0, 0, 0, 0, 0.866, -2.5, 0, 0, 0.5, 4.33, 0, 0, 0, 0, 1] };
		expect(verdict('plane', 'T2', { grid: tilt })?.[0]).toBe('pass');
		const [a, b, c] = [Math.SQRT1_2, 1 / Math.sqrt(6), 5 / Math.sqrt(3)];
		const diagonal = { dims: [9, 9, 9] as const, affine: [a, b, c, 0, -a, b, c, 0, 0, -2 * b, c, 0, 0, 0, 0, 1] };
		expect(verdict('plane', 'T1', { grid: diagonal })?.slice(0, 2)).toEqual(['fail', 'planeOblique']);
	});

	it('asks for 2D of diffusion only', () => {
		for (const sequence of ['DWI', 'ADC'] as const) {
			expect(verdict('dimension', sequence, { acquisition: { dimension: '3D' } })?.[0]).toBe('fail');
			expect(verdict('dimension', sequence, { acquisition: {} })?.[0]).toBe('unknown');
		}
		expect(verdict('dimension', 'T1', { acquisition: { dimension: '3D' } })?.[0]).toBe('pass');
		expect(verdict('dimension', 'T1', { acquisition: {} })?.[0]).toBe('pass');
	});

	it('holds the thickness against that of 2D or 3D, and says what the distance tells where it is unknown', () => {
		const thickness = (distance: number, dimension?: '2D' | '3D', thicknessMm?: number) =>
			verdict('thickness', 'T1', {
				distance,
				acquisition: { ...(dimension && { dimension }), ...(thicknessMm && { thicknessMm }) },
			})?.slice(0, 2);
		expect(thickness(6, '2D', 6)).toEqual(['pass', null]);
		expect(thickness(6.5, '2D', 6.5)).toEqual(['fail', 'thicknessOver']);
		expect(thickness(2, '3D', 2)).toEqual(['pass', null]);
		expect(thickness(3, '3D', 3)).toEqual(['fail', 'thicknessOver']);
		expect(thickness(3, undefined, 3)).toEqual(['unknown', 'thicknessEither']);
		expect(thickness(7, undefined, 7)).toEqual(['fail', 'thicknessOver']);
		expect(thickness(2)).toEqual(['pass', null]);
		expect(thickness(5)).toEqual(['unknown', 'thicknessUnknown']);
		expect(thickness(6, '2D')).toEqual(['pass', null]);
		expect(thickness(3, '3D')).toEqual(['fail', 'thicknessDistance']);
	});

	it('reads the gap as distance of centres less thickness (A5)', () => {
		const gap = (distance: number, acquisition: SeriesFacts['acquisition']) =>
			verdict('gap', 'T2', { distance, acquisition })?.slice(0, 2);
		expect(gap(8, { dimension: '2D', thicknessMm: 6 })).toEqual(['pass', null]);
		expect(gap(8.2, { dimension: '2D', thicknessMm: 6 })).toEqual(['fail', 'gapOver']);
		expect(gap(2, {})).toEqual(['pass', null]);
		expect(gap(8, {})).toEqual(['unknown', 'gapUnknown']);
		expect(gap(8.5, {})).toEqual(['fail', 'gapFar']);
		expect(gap(3, { dimension: '3D' })).toEqual(['pass', null]);
	});

	it('takes 800 or 1000 s/mm² of DWI, 5 % off at most (A6)', () => {
		const b = (bValue: number) => verdict('bValue', 'DWI', { acquisition: { bValue } })?.[0];
		expect([760, 800, 840, 950, 1000, 1050].map(b)).toEqual(Array(6).fill('pass'));
		expect([700, 759, 841, 949, 1051, 1500].map(b)).toEqual(Array(6).fill('fail'));
		expect(verdict('bValue', 'DWI', { acquisition: {} })?.[0]).toBe('unknown');
		expect(verdict('bValue', 'ADC')).toBeUndefined();
	});

	it('finds missing and doubled slices by positions and by content', () => {
		const steps = (...all: number[]) => ({ places: all.map((mm) => ({ slice: Math.round(mm / 5), mm })) });
		expect(verdict('missingSlices', 'T1', steps(0, 5, 10.1, 15, 20))?.[0]).toBe('pass');
		expect(verdict('missingSlices', 'T1', steps(0, 5, 10, 20, 25))?.slice(0, 2)).toEqual(['fail', 'slicesHole']);
		expect(verdict('missingSlices', 'T1', steps(0, 5, 10, 16, 21.5))?.slice(0, 2)).toEqual(['fail', 'slicesUneven']);
		expect(verdict('missingSlices', 'T1', { voxels: { empty: [4] } })?.slice(0, 2)).toEqual(['fail', 'slicesEmpty']);
		expect(verdict('doubledSlices', 'T1', steps(20, 15, 10, 5, 0))?.[0]).toBe('pass');
		expect(verdict('doubledSlices', 'T1', { voxels: { doubled: [3] } })?.slice(0, 2)).toEqual([
			'fail',
			'slicesDoubled',
		]);
	});

	it('numbers slices by the grid, and tells two at one place apart from two that are the same', () => {
		const places = [0, 1, 1, 1, 2, 4, 5, 5, 7].map((slice) => ({ slice, mm: 5 * slice }));
		const [only] = acceptCase([series('T1', { places, voxels: { doubled: [2] } })], policy).series;
		const found = only!.checks.filter(({ check }) => check === 'missingSlices' || check === 'doubledSlices');
		expect(found.map(({ reason, measured }) => [reason, measured])).toEqual([
			['slicesHole', [2, 5]],
			['slicesSamePlace', [1, 5]],
			['slicesDoubled', [2]],
		]);
		expect(acceptanceSentence<AcceptanceReason>(found[1]!, translator(zh), (s) => s)).toBe(
			'第 2、6 层所在的位置有两层以上，例如两个时间点：只导出一个时间点',
		);
	});

	it('asks for numbers that rise or fall with the places (R3.1-2b)', () => {
		const numbered = (...instances: (number | undefined)[]) => ({
			places: instances.map((instance, slice) => ({ slice, mm: 5 * slice, ...(instance && { instance }) })),
		});
		const order = (...instances: (number | undefined)[]) => verdict('sliceOrder', 'T1', numbered(...instances));
		expect(order(1, 2, 3, 4)).toEqual(['pass', null, 'R3.1-2b']);
		expect(order(9, 7, 6, 1)?.[0]).toBe('pass');
		expect(order(1, 2, 2, 4)?.[0]).toBe('pass');
		for (const silent of [order(), order(1, 2, undefined, 4), order(3, 3, 3, 3)]) expect(silent).toBeUndefined();
		const wrong = acceptCase([series('T1', numbered(8, 7, 5, 6, 4))], policy).series[0]!;
		const found = wrong.checks.find(({ check }) => check === 'sliceOrder')!;
		expect([found.verdict, found.reason, found.measured]).toEqual(['fail', 'slicesMisordered', [3]]);
		expect(acceptanceFigures(found, translator(en)).measured).toBe('4');
		// Of several at one place the first counts: two time points are numbered one behind the other.
		const twice = [1, 4, 2, 5, 3, 6].map((instance, n) => ({ slice: n >> 1, mm: 5 * (n >> 1), instance }));
		expect(verdict('sliceOrder', 'T1', { places: twice })?.[0]).toBe('pass');
	});

	it('does not tell plane and coverage without an orientation', () => {
		for (const grid of [series('T2').grid, coronal])
			expect(verdict('plane', 'T2', { grid, orientation: 'none' })?.slice(0, 2)).toEqual(['unknown', 'planeUnknown']);
		const coverage = verdict('coverage', 'T2', { distance: 1, orientation: 'none' });
		expect(coverage?.slice(0, 2)).toEqual(['unknown', 'coverageUnknown']);
	});

	it('warns of images worked out from others, but for ADC, and of a header that names somebody', () => {
		const derived = (sequence: Sequence, acquisition = {}) => verdict('original', sequence, { acquisition });
		expect(derived('T1', { derived: true })).toEqual(['warn', 'derived', 'R3.1-2a', 'R6-7b']);
		expect(derived('T1', { derived: false })?.[0]).toBe('pass');
		expect([derived('T1'), derived('ADC', { derived: true })]).toEqual([undefined, undefined]);
		const named = verdict('header', 'T1', { identifying: ['descrip', 'aux_file'] });
		expect(named).toEqual(['warn', 'headerIdentifies', 'R3.1-1b']);
		expect(verdict('header', 'T1', { identifying: [] })).toBeUndefined();
	});

	it('warns of a short coverage and of lossy compression, fails on few bits or intensities', () => {
		expect(verdict('coverage', 'T1', { distance: 3 })?.slice(0, 2)).toEqual(['warn', 'coverageShort']);
		expect(verdict('lossless', 'T1', { acquisition: { lossy: true } })?.[0]).toBe('warn');
		expect(verdict('lossless', 'T1', { acquisition: {} })).toBeUndefined();
		const bits = (over: Over) => verdict('bitDepth', 'T1', over)?.slice(0, 2);
		expect(bits({ acquisition: { bitsStored: 10 } })).toEqual(['pass', null]);
		// Few intensities where the bits are known are a dark image, not a shallow one.
		expect(bits({ acquisition: { bitsStored: 12 }, voxels: { levels: 90 } })).toEqual(['pass', null]);
		expect(bits({ acquisition: { bitsStored: 8 } })).toEqual(['fail', 'bitsFew']);
		expect(bits({ acquisition: {}, voxels: { datatype: 'uint8' } })).toEqual(['fail', 'bitsEight']);
		expect(bits({ acquisition: {}, voxels: { levels: 256 } })).toEqual(['fail', 'levelsFew']);
		expect(bits({ acquisition: {}, voxels: { datatype: 'float32', levels: 257 } })).toEqual(['pass', null]);
	});

	it('does not check series outside the consensus, nor fail for them (R2.2-7)', () => {
		const report = acceptCase([...whole(), series(null, { grid: coronal })], policy);
		expect([report.verdict, report.series.at(-1)!.checks]).toEqual(['pass', []]);
	});

	it('has a sentence for each reason and check in both languages, with a way out', () => {
		for (const [dictionary, colon] of [
			[zh, '：'],
			[en, ': '],
		] as const) {
			for (const reason of ACCEPTANCE_REASONS) expect(dictionary[`acceptance.why.${reason}`]).toContain(colon);
			for (const check of ACCEPTANCE_CHECKS) expect(dictionary[`acceptance.check.${check}`]).toBeTruthy();
		}
		const report = acceptCase([series('DWI', { grid: coronal, distance: 9, acquisition: { bValue: 400 } })], policy);
		const t = translator(zh);
		const said = report.series[0]!.checks.map((check) => acceptanceSentence<AcceptanceReason>(check, t, (s) => s));
		expect(said[0]).toBe('是冠状面，应为横断面：换用该方位采集的序列');
		expect(said[4]).toBe('b 值 400\u00a0s/mm²，应为 800 或 1000\u00a0s/mm²：换用该 b 值的序列');
		expect(acceptanceFigures(report.series[0]!.checks[4]!, t)).toEqual({
			measured: '400\u00a0s/mm²',
			limit: '800 或 1000\u00a0s/mm²',
		});
	});
});

describe('voxelFacts', () => {
	const affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1];
	const slices = (...each: number[][]) => ({
		grid: { dims: [2, 2, each.length] as const, affine },
		data: Int16Array.from(each.flat()),
		datatype: 'int16',
	});

	it('finds slices that come twice and empty ones between others, not those at the ends', () => {
		const [air, a, b] = [
			[0, 0, 0, 0],
			[1, 2, 3, 4],
			[5, 6, 7, 8],
		];
		const facts = voxelFacts(slices(air, air, a, a, air, b, air));
		expect(facts).toEqual({ doubled: [3], empty: [4], levels: 9, datatype: 'int16' });
		expect(voxelFacts(slices(air, air))).toMatchObject({ doubled: [], empty: [] });
	});

	it('takes slices along the axis with the largest distance, whichever is stored last', () => {
		const data = Int16Array.from([1, 1, 5, 2, 2, 6, 3, 3, 7, 4, 4, 8]);
		const grid = { dims: [3, 2, 2] as const, affine: [5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
		expect(voxelFacts({ grid, data, datatype: 'int16' }).doubled).toEqual([1]);
	});
});
