import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Grid, XyzMm } from '../../../../src/grid/grid.ts';
import { ijkToXyz } from '../../../../src/grid/grid.ts';
import type { FigureSpec } from '../../../../src/islands/live/figure.ts';
import type { Region, Sequence } from '../../../../src/protocol/protocol.ts';
import type { OutlineScene } from '../../../../src/viewer/regionOutlines.ts';
import type { Camera } from '../../../../src/viewer/slicePlacement.ts';
import type { CaseBridge } from '../../../../src/workers/bridge.ts';

type Shown = { readonly sequence: Sequence; readonly grid: Grid };

/** Panels without pixels, which remember what they were asked for. */
vi.mock('../../../../src/viewer/caseViewer.ts', async () => {
	const { rasView } = await import('../../../../src/grid/rasView.ts');
	class FakePanel {
		series: Shown | undefined;
		camera: Camera | undefined;
		window: unknown;
		windows = 0;
		slice = 0;
		get view() {
			return this.series && rasView(this.series.grid);
		}
		async show(series: Shown, window: unknown) {
			this.series = series;
			this.window = window;
		}
		setWindow(window: unknown) {
			this.window = window;
			this.windows++;
		}
		setCamera(camera: Camera | undefined) {
			this.camera = camera;
		}
		setCrosshairShown() {}
		lookAt() {}
		positionAt(x: number, y: number, slice: number) {
			return ijkToXyz({ dims: this.view!.dims, affine: this.view!.affine }, [x, y, slice]);
		}
	}
	class CaseViewer {
		readonly panels = new Map<string, FakePanel>();
		position: XyzMm | undefined;
		scene: OutlineScene | undefined;
		disposed = false;
		mount(name: string) {
			const panel = new FakePanel();
			this.panels.set(name, panel);
			return panel;
		}
		unmount(name: string) {
			this.panels.delete(name);
		}
		panel(name: string) {
			return this.panels.get(name);
		}
		lookAt(position: XyzMm) {
			this.position = position;
		}
		goToSlice(name: string, slice: number) {
			this.position = this.panels.get(name)!.positionAt(0, 0, slice);
		}
		show(scene: OutlineScene) {
			this.scene = scene;
		}
		dispose() {
			this.disposed = true;
		}
	}
	return { CaseViewer };
});

const { FigureSession } = await import('../../../../src/islands/live/figureSession.ts');

const GRID: Grid = { dims: [12, 12, 4], affine: [-1, 0, 0, 6, 0, -1, 0, 6, 0, 0, 5, 0, 0, 0, 0, 1] };
const SEQUENCES = ['FLAIR', 'T2', 'T1C'] as const;
const manifest = {
	schemaVersion: 1,
	id: 'fig-1',
	origin: 'catalogue',
	title: { zh: '', en: '' },
	subtitle: { zh: '', en: '' },
	family: 'glioma',
	synthetic: true,
	series: SEQUENCES.map((sequence) => ({ file: `${sequence}.nii`, bytes: 1, sequence })),
	reference: { kind: 'perRegion', masks: [{ region: 'WT', file: 'WT.nii', bytes: 1 }] },
};
const spec: FigureSpec = {
	caseId: 'fig-1',
	sequences: ['FLAIR', 'T2'],
	regions: ['WT'],
	offered: ['WT', 'ET'],
	later: ['T1C'],
	slice: { which: 'widest', region: 'WT' },
	composite: false,
	crop: 'lesion',
};

/** One voxel of the stored mask is set. */
function voxel(i: number, j: number, k: number): Uint8Array {
	const data = new Uint8Array(576);
	data[i + 12 * (j + 12 * k)] = 1;
	return data;
}

function fakeBridge(broken: Set<Sequence> = new Set()) {
	const loads: Sequence[] = [];
	let read: () => Promise<unknown> = async () => ({
		ok: true,
		value: new Map<Region, { grid: Grid; data: Uint8Array }>([
			['WT', { grid: GRID, data: voxel(4, 5, 2) }],
			['ET', { grid: GRID, data: new Uint8Array(576) }],
		]),
	});
	const bridge = {
		async loadSeries(_: unknown, __: unknown, sequence: Sequence) {
			loads.push(sequence);
			if (broken.has(sequence)) throw new TypeError('no network');
			const quantiles = Float64Array.from({ length: 2001 }, (_, n) => n);
			return { ok: true, value: { sequence, grid: GRID, quantiles, warnings: [] } };
		},
		readReferences: () => read(),
		close() {},
	};
	return {
		loads,
		breakReference: () => {
			read = async () => {
				throw new TypeError('no network');
			};
		},
		bridge: bridge as unknown as CaseBridge,
	};
}

const settled = async () => {
	for (let n = 0; n < 20; n++) await new Promise((done) => setImmediate(done));
};

interface FakeViewer {
	readonly scene: OutlineScene;
	readonly position: XyzMm;
	readonly disposed: boolean;
	panel(name: string): { series: Shown; camera: Camera | undefined; window: unknown; windows: number };
}

async function open(worker = fakeBridge(), change: Partial<FigureSpec> = {}) {
	const session = new FigureSession({ ...spec, ...change }, worker.bridge);
	for (const panel of session.state.panels.keys())
		session.mount(panel, { clientWidth: 300, clientHeight: 300 } as HTMLElement);
	await session.open();
	await settled();
	return { session, viewer: session.viewer as unknown as FakeViewer };
}
const shown = ({ scene }: FakeViewer) => scene.regions.filter(({ visible }) => visible).map(({ region }) => region);

beforeEach(() => {
	vi.stubGlobal(
		'ResizeObserver',
		class {
			observe() {}
			unobserve() {}
			disconnect() {}
		},
	);
	vi.stubGlobal('fetch', async () => Response.json(manifest));
});
afterEach(() => vi.unstubAllGlobals());

describe('FigureSession', () => {
	it('opens on the slice that a region tells, close to the lesion, with the region outlined', async () => {
		const { viewer, session } = await open();
		expect(viewer.position).toEqual(ijkToXyz(GRID, [4, 5, 2]));
		expect(viewer.panel('0').series.sequence).toBe('FLAIR');
		expect(viewer.panel('1').series.sequence).toBe('T2');
		expect(viewer.panel('0').camera?.zoom).toBeGreaterThan(0);
		expect(shown(viewer)).toEqual(['WT']);
		expect(session.state.sequences).toEqual(['FLAIR', 'T1C', 'T2']);
	});

	it('offers only regions that the reference has voxels of', async () => {
		expect((await open()).session.state.offered).toEqual(['WT']);
	});

	it('loads what is shown first, then what is needed later, each once', async () => {
		const worker = fakeBridge();
		await open(worker);
		expect(worker.loads).toEqual(['FLAIR', 'T2', 'T1C']);
	});

	it('takes a slice by its number on the first sequence', async () => {
		const { viewer } = await open(fakeBridge(), { slice: 3 });
		expect(viewer.position[2]).toBe(15);
	});

	it('switches regions one at a time, and the reference as a whole', async () => {
		const { session, viewer } = await open();
		session.toggle('WT');
		expect(shown(viewer)).toEqual([]);
		session.toggle('WT');
		session.showReference(false);
		expect(shown(viewer)).toEqual([]);
		session.toggle('WT');
		session.toggle('WT');
		expect(session.state.referenceShown).toBe(true);
		expect(shown(viewer)).toEqual(['WT']);
	});

	it('outlines strongest what belongs to the first panel, then what was switched on last', async () => {
		const { session } = await open(fakeBridge(), { regions: ['WT', 'ET'] });
		expect(session.state.active).toBe('WT');
		session.toggle('ET');
		session.toggle('ET');
		expect(session.state.active).toBe('ET');
		session.toggle('ET');
		expect(session.state.active).toBe('WT');
	});

	it('shows another sequence in the last panel and leaves the first alone', async () => {
		const { session, viewer } = await open();
		session.choose('T1C');
		await settled();
		expect(session.state.panels).toEqual(['FLAIR', 'T1C']);
		expect(viewer.panel('0').series.sequence).toBe('FLAIR');
		expect(viewer.panel('1').series.sequence).toBe('T1C');
	});

	it('goes to another step: sequences, regions, slice, window, whole head', async () => {
		const { session, viewer } = await open();
		session.show({
			sequences: ['T1C', 'T2'],
			regions: [],
			slice: 0,
			composite: false,
			crop: 'head',
			window: { low: 50, high: 100 },
		});
		await settled();
		expect(viewer.panel('0').series.sequence).toBe('T1C');
		expect(viewer.panel('0').window).toEqual({ low: 1000, high: 2000 });
		expect(viewer.panel('0').camera).toBeUndefined();
		expect(viewer.position[2]).toBe(0);
		expect(shown(viewer)).toEqual([]);
	});

	it('does not colour a volume anew for a window it has already', async () => {
		const { session, viewer } = await open();
		session.show({ ...spec, regions: [] });
		await settled();
		expect(viewer.panel('0').windows).toBe(0);
		session.show({ ...spec, window: { low: 50, high: 100 } });
		await settled();
		expect(viewer.panel('0').windows).toBe(1);
	});

	it('tells in its panel what could not be read, and reads it when asked again', async () => {
		const broken = new Set<Sequence>(['T2']);
		const worker = fakeBridge(broken);
		const { session } = await open(worker);
		expect(session.state.series.get('T2')).toEqual([{ code: 'series.unreachable', path: 'T2', params: {} }]);
		expect(worker.loads.filter((sequence) => sequence === 'T2')).toHaveLength(1);
		broken.clear();
		await session.load('T2');
		expect(session.state.series.get('T2')).toBe('here');
	});

	it('shows the images where the reference cannot be read, from the middle slice', async () => {
		const worker = fakeBridge();
		worker.breakReference();
		const { session, viewer } = await open(worker);
		expect(session.state.referenceIssues).toHaveLength(1);
		expect(session.state.offered).toEqual([]);
		expect(viewer.panel('0').series.sequence).toBe('FLAIR');
		expect(viewer.position[2]).toBe(10);
	});

	it.each([
		['unknownCase', async () => new Response('', { status: 404 })],
		['unreachable', async () => Promise.reject(new TypeError('no network'))],
		['damaged', async () => Response.json({ id: 'fig-1' })],
	])('says why a case is not there: %s', async (failure, answer) => {
		vi.stubGlobal('fetch', answer);
		const { session } = await open();
		expect(session.state.failure).toBe(failure);
	});

	it('frees the viewer when it is closed', async () => {
		const { session, viewer } = await open();
		session.close();
		expect(viewer.disposed).toBe(true);
	});
});
