import { beforeEach, expect, test } from 'vitest';
import type { Issue, Result } from '../../../../src/formats/issue.ts';
import { LIMITS } from '../../../../src/islands/open/collect.ts';
import type { GatheredFile } from '../../../../src/islands/open/gather.ts';
import { OpenSession } from '../../../../src/islands/open/openSession.ts';
import { review } from '../../../../src/islands/open/review.ts';
import type { ReadEntry } from '../../../../src/islands/open/state.ts';
import type { CaseManifest } from '../../../../src/schemas/caseManifest.ts';
import { StoreError } from '../../../../src/store/storeError.ts';
import { inspectDicom, sortDicom } from '../../../../src/workers/dicom.ts';
import type { InspectedFile } from '../../../../src/workers/inspect.ts';
import { dicomBytes, mrSlice } from '../../formats/dicomBytes.ts';
import { evenly, type MadeSeries, STUDY, seriesFiles } from '../../formats/dicomStudy.ts';

const affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const grid = { dims: [4, 4, 4] as const, affine };
const elsewhere = { dims: [4, 4, 4] as const, affine: affine.with(3, 3) };

/** What the worker says about a path, and what the store did. */
let inspections: Map<string, Partial<InspectedFile> | readonly Issue[] | Error | 'broken'>;
let inspected: string[];
let beside: Map<string, string[]>;
let copied: string[];
let kept: Map<string, CaseManifest>;
let left: string[];
let put: () => Promise<void>;
let copyGone: boolean;
let session: OpenSession;

beforeEach(() => {
	inspections = new Map();
	inspected = [];
	beside = new Map();
	copied = [];
	kept = new Map();
	left = [];
	copyGone = false;
	put = async () => undefined;
	session = new OpenSession({
		bridge: {
			async inspectFile({ signal }, path, file, others): Promise<Result<InspectedFile>> {
				inspected.push(path);
				beside.set(path, [...others.keys()]);
				await Promise.resolve();
				signal.throwIfAborted();
				const answer = inspections.get(path);
				if (answer instanceof Error) throw answer;
				if (answer === 'broken') return { ok: false, issues: [{ code: 'gzip.corrupt', path, params: {} }] };
				if (Array.isArray(answer)) return { ok: false, issues: answer };
				const plain = {
					name: path,
					bytes: file.size,
					grid,
					orientation: 'known' as const,
					labels: undefined,
					voxels,
					warnings: [],
					parts: [],
				};
				return { ok: true, value: { ...plain, ...answer } };
			},
			async cleanCopy(_, path) {
				copied.push(path);
				return { ok: true, value: new Blob(['clean copy']) };
			},
			async sortDicom(call, chosen) {
				await Promise.resolve();
				call.signal.throwIfAborted();
				return sortDicom(chosen, call);
			},
			async inspectDicom({ signal }, folder, group) {
				inspected.push(folder);
				await Promise.resolve();
				signal.throwIfAborted();
				return inspectDicom(folder, group);
			},
			async copyDicom(_, group, index) {
				copied.push(`${[...group.keys()][0]} ${index}`);
				return copyGone ? undefined : new Blob(['clean copy']);
			},
			close: () => undefined,
		},
		store: async () => ({
			async putCase(manifest) {
				await put();
				kept.set(manifest.id, manifest);
			},
			removeCase: async (id) => void kept.delete(id),
		}),
		leaveTo: (id) => left.push(id),
		plainName: () => 'Own images',
		subtitle: { zh: '本机影像', en: 'Own images' },
		now: () => new Date('2026-11-23T14:32:05Z'),
		random: () => Uint8Array.of(1, 2, 3, 4),
	});
});

function files(...paths: string[]): GatheredFile[] {
	return paths.map((path) => ({ path, bytes: 3, file: new File(['abc'], path) }));
}

const refuse = () => Promise.reject(new Error('moved'));
const voxels = { doubled: [], empty: [], levels: 1024, datatype: 'int16' };
const labels = [1, 2, 4].map((value) => ({ value, voxels: value }));
const read = (path: string) => session.state.entries.find((entry): entry is ReadEntry => entry.path === path)!;

test('files are read one after another, named and ready to be opened', async () => {
	const progress: string[] = [];
	session.subscribe(() => {
		const { reading } = session.state;
		if (reading) progress.push(`${reading.done}/${reading.total}`);
	});
	inspections.set('P1/seg.nii.gz', { labels });
	await session.add(files('P1/flair.nii.gz', 'P1/t1c.nii.gz', 'P1/t2.nii.gz', 'P1/seg.nii.gz'));
	expect([...new Set(progress)]).toEqual(['0/4', '1/4', '2/4', '3/4', '4/4']);
	expect(session.state).toMatchObject({ name: 'P1', family: 'glioma', reading: undefined });
	const { draft, scheme } = review(session.state);
	expect(scheme).toBe('brats2018');
	expect(draft?.regions.every(({ scorable }) => scorable)).toBe(true);
	await session.open();
	expect(left).toEqual(['local-20261123T143205-01020304']);
	expect(kept.get(left[0]!)).toMatchObject({
		title: { en: 'P1' },
		series: { length: 3 },
		reference: { labels: 'brats2018' },
	});
});

test('a broken file says why and stops nothing', async () => {
	inspections.set('a.nii.gz', 'broken');
	inspections.set('b.nii.gz', Object.assign(new Error('moved'), { name: 'NotReadableError' }));
	inspections.set('c.nii.gz', new Error('out of memory'));
	await session.add(files('a.nii.gz', 'b.nii.gz', 'c.nii.gz', 'flair.nii.gz'));
	expect(review(session.state).broken.map(({ first }) => [first.path, first.failure, first.issues.length])).toEqual([
		['a.nii.gz', undefined, 1],
		['b.nii.gz', 'gone', 0],
		['c.nii.gz', 'crashed', 0],
	]);
	expect(review(session.state).draft?.series).toEqual([{ sequence: 'FLAIR', path: 'flair.nii.gz' }]);
});

test('files broken in the same way are one line', async () => {
	for (const path of ['IM1', 'IM2', 'IM3']) inspections.set(path, 'broken');
	await session.add(files('IM1', 'IM2', 'IM3'));
	expect(review(session.state).broken.map(({ entries }) => entries.length)).toEqual([3]);
});

test('reading can be stopped; what was read stays', async () => {
	session.subscribe(() => session.state.reading?.done === 1 && session.cancelReading());
	await session.add(files('flair.nii.gz', 't1.nii.gz', 't2.nii.gz'));
	expect(session.state.entries.map(({ path }) => path)).toEqual(['flair.nii.gz']);
	expect(session.state.reading).toBeUndefined();
});

test('files added while others are read are read in the same go', async () => {
	const first = session.add(files('flair.nii.gz', 't1.nii.gz'));
	await session.add(files('t2.nii.gz', 't1.nii.gz'));
	await first;
	expect(inspected).toEqual(['flair.nii.gz', 't1.nii.gz', 't2.nii.gz']);
	expect(session.state.leftOut).toEqual([{ path: 't1.nii.gz', reason: 'twice' }]);
});

test('emptying the page while files are read leaves it empty', async () => {
	const stop = session.subscribe(() => {
		if (session.state.reading?.done !== 1) return;
		stop();
		session.clear();
	});
	await session.add(files('flair.nii.gz', 't1.nii.gz'));
	expect(session.state).toMatchObject({ entries: [], reading: undefined, name: '' });
});

test('files chosen after the page was emptied are read, whatever was under way', async () => {
	const before = session.add(files('flair.nii.gz', 't1.nii.gz'));
	session.clear();
	await Promise.all([before, session.add(files('t2.nii.gz', 'dwi.nii.gz'))]);
	expect(session.state.entries.map(({ path }) => path)).toEqual(['dwi.nii.gz', 't2.nii.gz']);
});

test('where the editions agree on the labels the most common one is taken', async () => {
	inspections.set('seg.nii.gz', { labels: labels.slice(0, 2) });
	await session.add(files('flair.nii.gz', 'seg.nii.gz'));
	expect(review(session.state)).toMatchObject({ scheme: 'brats2018', schemeGuessed: true, issues: [], warnings: [] });
});

test('two files for one sequence keep the case from opening until one is chosen', async () => {
	await session.add(files('flair_a.nii.gz', 'flair_b.nii.gz'));
	expect(review(session.state).issues.map(({ code }) => code)).toEqual(['case.duplicateSequence']);
	await session.open();
	expect(left).toEqual([]);
	session.keepAlone('flair_b.nii.gz');
	expect(read('flair_a.nii.gz')).toMatchObject({ role: null, note: { kind: 'taken', by: 'flair_b.nii.gz' } });
	expect(review(session.state).draft?.series).toEqual([{ sequence: 'FLAIR', path: 'flair_b.nii.gz' }]);
});

test('a reference on another grid is said, and the case opens for drawing', async () => {
	inspections.set('seg.nii.gz', { labels, grid: elsewhere });
	await session.add(files('flair.nii.gz', 'seg.nii.gz'));
	const { draft, warnings } = review(session.state);
	expect(draft?.regions[0]).toEqual({ region: 'WT', scorable: false, reason: 'gridDiffers' });
	expect(warnings.map(({ code }) => code)).toContain('case.referencePlace');
});

test('labels no scheme knows ask for a decision, which another role settles', async () => {
	inspections.set('seg.nii.gz', { labels: [{ value: 7, voxels: 1 }] });
	await session.add(files('flair.nii.gz', 'seg.nii.gz'));
	expect(review(session.state).issues.map(({ code }) => code)).toEqual(['case.schemeMissing']);
	session.setScheme('seg.nii.gz', 'brats2013');
	expect(review(session.state).issues.map(({ code }) => code)).toEqual(['labels.unknown']);
	session.setRole('seg.nii.gz', null);
	expect(review(session.state).draft).toBeDefined();
});

test('a scheme chosen by hand stands, and silences the doubt', async () => {
	inspections.set('seg.nii.gz', { labels: [{ value: 3, voxels: 1 }] });
	await session.add(files('flair.nii.gz', 'seg.nii.gz'));
	expect(review(session.state)).toMatchObject({ scheme: 'brats2023', warnings: [{ code: 'labels.ambiguous' }] });
	session.setScheme('seg.nii.gz', 'brats2013');
	expect(review(session.state)).toMatchObject({ scheme: 'brats2013', warnings: [] });
});

test('a name typed by hand survives further files, an empty one opens nothing', async () => {
	await session.add(files('P1/flair.nii.gz'));
	session.setName('  ');
	await session.open();
	expect(left).toEqual([]);
	session.setName(' Mine ');
	await session.add(files('P2/t1.nii.gz'));
	await session.open();
	expect([...kept.values()].map(({ title }) => title.zh)).toEqual(['Mine']);
});

test.each([
	[new StoreError('full'), 'full'],
	[new StoreError('unavailable'), 'unavailable'],
	[Object.assign(new Error('moved'), { name: 'NotFoundError' }), 'gone'],
	[new Error('anything'), 'failed'],
] as const)('%s while keeping is told as %s and can be tried again', async (error, problem) => {
	await session.add(files('flair.nii.gz'));
	put = () => Promise.reject(error);
	await session.open();
	expect(session.state).toMatchObject({ saving: undefined, saveProblem: problem });
	put = async () => undefined;
	await session.open();
	expect(session.state.saveProblem).toBeUndefined();
	expect(left).toHaveLength(1);
});

test('cancelling while the case is kept takes it back and stays', async () => {
	await session.add(files('flair.nii.gz'));
	put = async () => session.cancelOpen();
	await session.open();
	expect(kept.size).toBe(0);
	expect(left).toEqual([]);
	expect(session.state.saving).toBeUndefined();
});

test('opening twice keeps one case', async () => {
	await session.add(files('flair.nii.gz'));
	await Promise.all([session.open(), session.open()]);
	expect(left).toHaveLength(1);
});

test('every file is kept as a clean copy, and called by what it is for', async () => {
	inspections.set('Smith_seg.nii', { labels });
	await session.add(files('Smith_flair.mha', 'Smith_t2.nii.gz', 'Smith_seg.nii'));
	session.setName('P 1');
	await session.open();
	expect(copied).toEqual(['Smith_t2.nii.gz', 'Smith_flair.mha', 'Smith_seg.nii']);
	const manifest = kept.get(left[0]!);
	expect(manifest?.series.map(({ file, bytes }) => [file, bytes])).toEqual([
		['T2.nii.gz', 10],
		['FLAIR.nii.gz', 10],
	]);
	expect(manifest?.reference).toMatchObject({ mask: { file: 'reference.nii.gz', bytes: 10 } });
	expect(JSON.stringify(manifest)).not.toContain('Smith');
});

test('voxels beside their header are no file of their own, also where they come later or have another name', async () => {
	const missing = (path: string, names: string): Issue[] => [
		{ code: 'file.companionMissing', path, params: { names } },
	];
	inspections.set('P/flair.hdr', missing('P/flair.hdr', 'flair.img, flair.img.gz'));
	inspections.set('P/t2.mhd', missing('P/t2.mhd', 'data.bin'));
	await session.add(files('P/flair.hdr', 'P/t2.mhd'));
	expect(review(session.state).broken).toHaveLength(2);
	inspections.set('P/flair.hdr', { parts: ['flair.img'] });
	inspections.set('P/t2.mhd', { parts: ['data.bin'] });
	inspections.set('P/data.bin', 'broken');
	await session.add(files('P/flair.img', 'P/data.bin', 'Q/other.img'));
	expect(session.state.entries.map(({ path, kind }) => [path, kind])).toEqual([
		['P/flair.hdr', 'read'],
		['P/t2.mhd', 'read'],
		['Q/other.img', 'read'],
	]);
	expect(session.state.leftOut).toEqual([]);
	expect(beside.get('P/flair.hdr')).toEqual(['t2.mhd', 'data.bin', 'flair.img']);
	// Both can be taken off and chosen anew.
	session.remove(['P/flair.hdr']);
	await session.add(files('P/flair.hdr', 'P/flair.img'));
	expect(session.state.leftOut).toEqual([]);
	expect(session.state.entries.map(({ path }) => path)).toEqual(['P/t2.mhd', 'Q/other.img', 'P/flair.hdr']);
});

test('sidecars beside an image say how it was acquired: told in the acceptance and kept with the case', async () => {
	const sidecar = (path: string, text: string): GatheredFile => ({
		path,
		bytes: text.length,
		file: new File([text], path),
	});
	inspections.set('P1/t2.nii.gz', { voxels: { ...voxels, doubled: [2] } });
	await session.add([
		...files('P1/flair.nii.gz', 'P1/t2.nii.gz'),
		sidecar('P1/flair.json', '{"MRAcquisitionType": "3D", "SliceThickness": 3}'),
		sidecar('P1/other.json', '{}'),
	]);
	expect(session.state.leftOut).toEqual([{ path: 'P1/other.json', reason: 'notImage' }]);
	const { acceptance, draft } = review(session.state);
	const told = acceptance.series.flatMap(({ sequence, checks }) =>
		checks.filter(({ verdict }) => verdict === 'fail').map(({ reason }) => [sequence, reason]),
	);
	expect(told).toEqual([
		['FLAIR', 'thicknessOver'],
		['T2', 'slicesDoubled'],
	]);
	// Nothing of this keeps the case from being opened.
	expect(draft).toBeDefined();
	await session.open();
	expect(kept.get(left[0]!)?.series.map(({ acquisition }) => acquisition)).toEqual([
		undefined,
		{ dimension: '3D', thicknessMm: 3 },
	]);
});

const gather = (made: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): GatheredFile[] =>
	[...made].map(([path, bytes]) => ({ path, bytes: bytes.length, file: new File([bytes], path) }));
const series = (folder: string, over: Partial<MadeSeries> = {}) =>
	gather(seriesFiles(folder, { ...STUDY.SE3!, places: evenly(30, 4), ...over }));

test('a folder of DICOM is one entry a series, taken for what its description says, and opens as a case', async () => {
	await session.add([
		...series('P1/SE3').reverse(),
		...series('P1/SE2', { ...STUDY.SE2!, places: evenly(30, 4).filter((_, n) => n !== 7) }),
		...files('P1/t1c.nii.gz'),
		...gather(new Map([['P1/DICOMDIR', dicomBytes([])]])),
	]);
	expect(inspected).toEqual(['P1/t1c.nii.gz', 'P1/SE2', 'P1/SE3']);
	expect(session.state.leftOut).toEqual([]);
	expect(session.state.entries.map((entry) => [entry.path, entry.kind === 'read' && entry.role])).toEqual([
		['P1/t1c.nii.gz', 'T1C'],
		['P1/SE2/Ax T2 FSE', 'T2'],
		['P1/SE3/Ax T2 FLAIR', 'FLAIR'],
	]);
	const { acceptance, warnings, draft } = review(session.state);
	expect(
		warnings.filter(({ path }) => path === 'P1/SE2/Ax T2 FSE').map(({ code, params }) => [code, params.fields]),
	).toEqual([
		['dicom.missingSlices', undefined],
		['header.identifies', 'PatientName'],
	]);
	const told = acceptance.series.find(({ sequence }) => sequence === 'T2')!.checks;
	expect(told.filter(({ verdict }) => verdict === 'fail').map(({ reason }) => reason)).toEqual(['slicesHole']);
	expect(draft?.series.map(({ sequence }) => sequence)).toEqual(['T2', 'FLAIR', 'T1C']);
	await session.open();
	expect(copied).toEqual(['P1/SE2/1.dcm 0', 'P1/SE3/1.dcm 0', 'P1/t1c.nii.gz']);
	const manifest = kept.get(left[0]!)!;
	expect(manifest.title.en).toBe('P1');
	expect(manifest.series.map(({ file, acquisition }) => [file, acquisition])).toEqual([
		['T2.nii.gz', { dimension: '2D', thicknessMm: 4, bitsStored: 12, derived: false, lossy: false }],
		['FLAIR.nii.gz', { dimension: '2D', thicknessMm: 4, bitsStored: 12, derived: false, lossy: false }],
		['T1C.nii.gz', undefined],
	]);
});

test('a sidecar that is none breaks nothing, however long it is', async () => {
	const text = '1000 '.repeat(200_000);
	const bval = { path: 'dwi.bval', bytes: text.length, file: new File([text], 'dwi.bval') };
	const gone = { path: 'flair.json', bytes: 3, file: Object.assign(new File([], 'flair.json'), { text: refuse }) };
	await session.add([bval, gone, ...files('dwi.nii.gz', 'flair.nii.gz')]);
	expect([...review(session.state).acquisitions.values()]).toEqual([{ bValue: 1000 }, {}]);
});

test('a volume without an orientation has no plane', async () => {
	inspections.set('t2.nii.gz', { orientation: 'none' });
	await session.add(files('t2.nii.gz'));
	const { checks } = review(session.state).acceptance.series[0]!;
	expect(checks.find(({ check }) => check === 'plane')).toMatchObject({ verdict: 'unknown', measured: null });
});

test('DICOM files that make no series are told by their reason, and stop nothing', async () => {
	const packed = { syntax: '1.2.840.10008.1.2.4.70' };
	const image = (uid: string) => dicomBytes(mrSlice(0, [], [[0x0020_000e, 'UI', uid]]), packed);
	const seg = dicomBytes([[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.66.4']]);
	const bad = gather(new Map([...['1', '2', '3'].map((n) => [`x/${n}`, image(n)] as const), ['seg.dcm', seg]]));
	await session.add([...bad, ...series('P')]);
	const { broken, draft } = review(session.state);
	expect(broken.map(({ entries }) => [entries.length, entries[0]!.issues[0]!.code])).toEqual([
		[1, 'dicom.segmentation'],
		[3, 'dicom.compressed'],
	]);
	expect(draft?.series).toEqual([{ sequence: 'FLAIR', path: 'P/Ax T2 FLAIR' }]);
	session.remove(broken[1]!.entries.map(({ path }) => path));
	expect(review(session.state).broken).toHaveLength(1);
});

test('series called the same in one folder stay apart, and the reader chooses', async () => {
	const other = series('P', { uid: '2' }).map((each) => ({ ...each, path: each.path.replace('P/', 'P/o') }));
	await session.add([...series('P', { uid: '1' }), ...other]);
	expect(session.state.entries.map(({ path }) => path)).toEqual(['P/Ax T2 FLAIR', 'P/Ax T2 FLAIR (2)']);
	expect(review(session.state).issues.map(({ code }) => code)).toEqual(['case.duplicateSequence']);
	session.keepAlone('P/Ax T2 FLAIR (2)');
	expect(read('P/Ax T2 FLAIR (2)').warnings[0]!.path).toBe('P/Ax T2 FLAIR (2)');
	expect(review(session.state).draft).toBeDefined();
});

test('files that come later complete their series; the same again is not read twice, but after it was taken off it is', async () => {
	const all = series('P');
	await session.add(all.slice(0, 20));
	expect(read('P/Ax T2 FLAIR').grid.dims[2]).toBe(20);
	await session.add(all.slice(20));
	expect(session.state.entries).toHaveLength(1);
	expect(read('P/Ax T2 FLAIR').grid.dims[2]).toBe(30);
	await session.add(all);
	expect(session.state.leftOut).toEqual([{ path: 'P/1.dcm (+29)', reason: 'twice' }]);
	session.remove(['P/Ax T2 FLAIR']);
	await session.add(all);
	expect(session.state.entries).toHaveLength(1);
});

test('files complete their series also while the others are being read', async () => {
	const all = series('P');
	let second: Promise<void> | undefined;
	const stop = session.subscribe(() => {
		if (session.state.reading) second ??= session.add(all.slice(20));
	});
	await session.add([...all.slice(0, 20), ...series('Q', { ...STUDY.SE2!, places: [0, 4] })]);
	stop();
	await second;
	expect(inspected).toEqual(['P', 'Q', 'P']);
	expect(session.state.entries.map(({ path }) => path)).toEqual(['Q/Ax T2 FSE', 'P/Ax T2 FLAIR']);
	expect(read('P/Ax T2 FLAIR').grid.dims[2]).toBe(30);
});

test('the role goes by more than the name: the kind of image, and the b-values of the series', async () => {
	const short = { places: [0, 4] };
	const weighted = [0, 1000].flatMap((bValue) =>
		series('D', { ...STUDY.SE5!, ...short, bValue }).map((each) => ({ ...each, path: `${each.path}.${bValue}` })),
	);
	await session.add([...series('M', { ...STUDY.SE6!, ...short }), ...weighted]);
	expect(session.state.entries.map((entry) => [entry.path, entry.kind === 'read' && entry.role])).toEqual([
		['D/Ax DWI b0', null],
		['D/Ax DWI b1000', 'DWI'],
		['M/Ax Diffusion map', 'ADC'],
	]);
	expect(read('D/Ax DWI b0').note).toBeUndefined();
});

test('DICOM has limits of its own: files, and bytes of a series and of all', async () => {
	const sized = (made: GatheredFile[], size: number) =>
		made.map(({ file, ...rest }) => ({ ...rest, file: Object.defineProperty(file, 'size', { value: size }) }));
	const short = { places: [0, 4] };
	await session.add([
		...sized(series('big', short), LIMITS.fileBytes),
		...['a', 'b', 'c', 'd'].flatMap((folder) => sized(series(folder, short), 0.3e9)),
		...files(...Array.from({ length: LIMITS.files }, (_, n) => `${n}.nii`)),
	]);
	expect(session.state.leftOut).toEqual([
		{ path: 'big/1.dcm (+1)', reason: 'tooBig' },
		{ path: 'd/1.dcm (+1)', reason: 'tooMuch' },
	]);
	expect(session.state.entries.filter(({ dicom }) => dicom)).toHaveLength(3);
	const many = gather(
		new Map([...seriesFiles('many', { ...STUDY.SE3!, places: [0] })].map(([, bytes]) => ['many/0', bytes])),
	);
	await session.add(Array.from({ length: LIMITS.dicomFiles }, (_, n) => ({ ...many[0]!, path: `many/${n}` })));
	expect(session.state.leftOut.at(-1)).toEqual({ path: `many/0 (+${LIMITS.dicomFiles - 1})`, reason: 'tooManyDicom' });
});

test('looking for series among many files shows how far it is, and can be stopped', async () => {
	const many = series('P', { places: evenly(60, 2) });
	const seen: (number | undefined)[] = [];
	let stop = session.subscribe(() => seen.push(session.state.sorting));
	await session.add(many);
	stop();
	expect(seen).toContain(50 / 60);
	expect(session.state).toMatchObject({ sorting: undefined, entries: { length: 1 } });
	session.clear();
	stop = session.subscribe(() => session.state.sorting !== undefined && session.cancelReading());
	await session.add(many);
	stop();
	expect(session.state).toMatchObject({ sorting: undefined, reading: undefined, entries: [] });
	await session.add(many);
	expect(session.state.entries).toHaveLength(1);
});

test('a series whose files changed before it is kept is told, and a vanished one when it is read', async () => {
	await session.add(series('P'));
	copyGone = true;
	await session.open();
	expect(session.state.saveProblem).toBe('gone');
	session.clear();
	const moved = series('P').map((each, n) => {
		const gone = () => Promise.reject(Object.assign(new Error('moved'), { name: 'NotReadableError' }));
		return n === 0 ? { ...each, file: Object.assign(each.file, { arrayBuffer: gone }) } : each;
	});
	await session.add(moved);
	expect(review(session.state).broken.map(({ first, entries }) => [first.failure, entries.length])).toEqual([
		['gone', 30],
	]);
});
