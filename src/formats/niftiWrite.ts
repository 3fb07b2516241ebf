import { spacingMm, voxelCount } from '../grid/grid.ts';
import type { ReadVolume, Volume, VoxelData } from './volume.ts';

/** What a written file says beside its voxels. */
export interface WriteNiftiOptions {
	/** Up to 79 ASCII characters for the header's free text; default none. */
	readonly description?: string;
	/** `none`: the codes of sform and qform are 0, as nobody knows how the volume lies. Default `known`. */
	readonly orientation?: ReadVolume['orientation'];
}

const HEADER = 352;
/** Longest axis that a written file can have. */
export const MAX_DIM = 32_767;

/**
 * Writes a volume as uncompressed NIfTI-1, little endian, slope 1: dims, spacings in mm, the affine as sform (code 1)
 * and, unless it is sheared, as qform (code 1). Voxels keep their type; masks go in as Uint8Array. Affines come back
 * within float32 rounding. Throws where the voxels do not fill the grid, an axis is longer than 32 767, or the
 * description does not fit. Source: nifti1.h.
 */
export function writeNifti({ grid, data }: Volume, options: WriteNiftiOptions = {}): Uint8Array<ArrayBuffer> {
	const { dims, affine } = grid;
	if (data.length !== voxelCount(dims))
		throw new Error(`got ${data.length} voxels, expected ${voxelCount(dims)} for ${dims.join(' × ')}`);
	if (dims.some((n) => !Number.isInteger(n) || n < 1 || n > MAX_DIM))
		throw new Error(`got dims ${dims.join(' × ')}, expected whole numbers from 1 to ${MAX_DIM}`);
	const description = options.description ?? '';
	if (!/^[\x20-\x7e]{0,79}$/.test(description))
		throw new Error(`got the description "${description}", expected up to 79 ASCII characters`);
	const out = new Uint8Array(HEADER + data.byteLength);
	const view = new DataView(out.buffer);
	const float = (at: number, value: number) => view.setFloat32(at, value, true);
	const short = (at: number, value: number) => view.setInt16(at, value, true);
	view.setInt32(0, 348, true);
	[3, ...dims, 1, 1, 1, 1].forEach((n, axis) => {
		short(40 + 2 * axis, n);
	});
	const [code, bits] = datatype(data);
	short(70, code);
	short(72, bits);
	const known = options.orientation !== 'none';
	const qform = known ? quaternion(affine) : undefined;
	[qform?.handedness ?? 1, ...spacingMm(grid), 0, 0, 0, 0].forEach((mm, axis) => {
		float(76 + 4 * axis, mm);
	});
	float(108, HEADER);
	float(112, 1);
	view.setUint8(123, 2); // mm
	for (let n = 0; n < description.length; n++) out[148 + n] = description.charCodeAt(n);
	if (qform) {
		short(252, 1);
		qform.bcd.forEach((value, n) => {
			float(256 + 4 * n, value);
		});
		for (let row = 0; row < 3; row++) float(268 + 4 * row, affine[row * 4 + 3]!);
	}
	if (known) short(254, 1);
	for (let n = 0; n < 12; n++) float(280 + 4 * n, affine[n]!);
	out.set([0x6e, 0x2b, 0x31, 0], 344); // n+1
	// Typed arrays lie in the machine's order, which is little endian wherever JavaScript runs today.
	out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), HEADER);
	return out;
}

/** NIfTI's code and bits per voxel. */
function datatype(data: VoxelData): readonly [number, number] {
	if (data instanceof Uint8Array) return [2, 8];
	if (data instanceof Int16Array) return [4, 16];
	if (data instanceof Uint16Array) return [512, 16];
	if (data instanceof Int32Array) return [8, 32];
	return [16, 32];
}

/**
 * The affine's rotation as NIfTI's quaternion, or undefined where its axes are not at right angles.
 * Source: nifti_mat44_to_quatern of nifti1_io.c, without its polar decomposition.
 */
function quaternion(a: readonly number[]): { bcd: [number, number, number]; handedness: 1 | -1 } | undefined {
	const column = (c: number) => {
		const v = [a[c]!, a[c + 4]!, a[c + 8]!];
		const length = Math.hypot(...v);
		return v.map((x) => x / length) as [number, number, number];
	};
	const [x, y] = [column(0), column(1)];
	let z = column(2);
	const dot = (u: number[], v: number[]) => u[0]! * v[0]! + u[1]! * v[1]! + u[2]! * v[2]!;
	if (!(Math.max(...[dot(x, y), dot(x, z), dot(y, z)].map(Math.abs)) < 1e-4)) return undefined;
	const cross = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
	const handedness = dot(cross, z) < 0 ? -1 : 1;
	z = z.map((v) => v * handedness) as [number, number, number];
	const trace = x[0] + y[1] + z[2] + 1;
	let q: [number, number, number, number];
	if (trace > 0.5) {
		const s = Math.sqrt(trace);
		q = [s / 2, (y[2] - z[1]) / (2 * s), (z[0] - x[2]) / (2 * s), (x[1] - y[0]) / (2 * s)];
	} else {
		const xd = 1 + x[0] - (y[1] + z[2]);
		const yd = 1 + y[1] - (x[0] + z[2]);
		const zd = 1 + z[2] - (x[0] + y[1]);
		if (xd > 1) {
			const b = Math.sqrt(xd) / 2;
			q = [(y[2] - z[1]) / (4 * b), b, (y[0] + x[1]) / (4 * b), (z[0] + x[2]) / (4 * b)];
		} else if (yd > 1) {
			const c = Math.sqrt(yd) / 2;
			q = [(z[0] - x[2]) / (4 * c), (y[0] + x[1]) / (4 * c), c, (z[1] + y[2]) / (4 * c)];
		} else {
			const d = Math.sqrt(zd) / 2;
			q = [(x[1] - y[0]) / (4 * d), (z[0] + x[2]) / (4 * d), (z[1] + y[2]) / (4 * d), d];
		}
	}
	const sign = q[0] < 0 ? -1 : 1;
	return { bcd: [q[1] * sign, q[2] * sign, q[3] * sign], handedness };
}
