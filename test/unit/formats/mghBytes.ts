/** An MGH file to be, with everything a test may want to get wrong. */
export interface MghSpec {
	version?: number;
	lengths?: readonly [number, number, number, number];
	type?: number;
	goodRas?: number;
	spacing?: readonly [number, number, number];
	/** Cosines of the axes one after another: x, y, z of the first, then of the second. */
	cosines?: readonly number[];
	centre?: readonly [number, number, number];
	values?: readonly number[];
	/** What stands behind the voxels. */
	footer?: Uint8Array;
}

type Write = (view: DataView, at: number, value: number) => void;

const WRITERS: Record<number, readonly [number, Write]> = {
	0: [1, (v, at, x) => v.setUint8(at, x)],
	1: [4, (v, at, x) => v.setInt32(at, x)],
	3: [4, (v, at, x) => v.setFloat32(at, x)],
	4: [2, (v, at, x) => v.setInt16(at, x)],
	10: [2, (v, at, x) => v.setUint16(at, x)],
};

/** Writes an MGH file field by field, by FreeSurfer's description and by no code of the project. */
export function mghBytes(spec: MghSpec = {}): Uint8Array<ArrayBuffer> {
	const values = spec.values ?? [1, 2, 3, 4, 5, 6, 7, 8];
	const [width, write] = WRITERS[spec.type ?? 4] ?? [1, WRITERS[0]![1]];
	const footer = spec.footer ?? new Uint8Array();
	const bytes = new Uint8Array(284 + values.length * width + footer.length);
	const view = new DataView(bytes.buffer);
	const ints = [spec.version ?? 1, ...(spec.lengths ?? [2, 2, 2, 1]), spec.type ?? 4, 0];
	for (const [n, x] of ints.entries()) view.setInt32(4 * n, x);
	view.setInt16(28, spec.goodRas ?? 1);
	const cosines = spec.cosines ?? [-1, 0, 0, 0, 0, -1, 0, 1, 0];
	const floats = [...(spec.spacing ?? [1, 1, 1]), ...cosines, ...(spec.centre ?? [0, 0, 0])];
	for (const [n, x] of floats.entries()) view.setFloat32(30 + 4 * n, x);
	for (const [n, x] of values.entries()) write(view, 284 + n * width, x);
	bytes.set(footer, 284 + values.length * width);
	return bytes;
}
