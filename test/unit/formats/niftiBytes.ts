/** A NIfTI file to be, with everything a test may want to get wrong. */
export interface NiftiSpec {
	version?: 1 | 2;
	littleEndian?: boolean;
	datatype?: number;
	/** `dim[0]` and what follows. */
	dims?: readonly number[];
	pixDims?: readonly number[];
	voxOffset?: number;
	slope?: number;
	intercept?: number;
	qformCode?: number;
	quaternion?: readonly [number, number, number];
	qOffset?: readonly [number, number, number];
	sformCode?: number;
	sform?: readonly number[];
	description?: string;
	magic?: string;
	/** Voxels, in file order; fewer than the dims say make a short file. */
	values?: readonly (number | bigint)[];
}

type Write = (view: DataView, at: number, value: number | bigint, littleEndian: boolean) => void;

const WRITERS: Record<number, readonly [number, Write]> = {
	2: [1, (v, at, x) => v.setUint8(at, Number(x))],
	256: [1, (v, at, x) => v.setInt8(at, Number(x))],
	4: [2, (v, at, x, le) => v.setInt16(at, Number(x), le)],
	512: [2, (v, at, x, le) => v.setUint16(at, Number(x), le)],
	8: [4, (v, at, x, le) => v.setInt32(at, Number(x), le)],
	768: [4, (v, at, x, le) => v.setUint32(at, Number(x), le)],
	1024: [8, (v, at, x, le) => v.setBigInt64(at, BigInt(x), le)],
	1280: [8, (v, at, x, le) => v.setBigUint64(at, BigInt(x), le)],
	16: [4, (v, at, x, le) => v.setFloat32(at, Number(x), le)],
	64: [8, (v, at, x, le) => v.setFloat64(at, Number(x), le)],
};

const IDENTITY_ROWS = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] as const;

/** Writes a NIfTI file field by field, by the tables of nifti1.h and nifti2.h and by no code of the project. */
export function niftiBytes(spec: NiftiSpec = {}): Uint8Array {
	const version = spec.version ?? 1;
	const le = spec.littleEndian ?? true;
	const datatype = spec.datatype ?? 4;
	const values = spec.values ?? [1, 2, 3, 4, 5, 6, 7, 8];
	const [width, write] = WRITERS[datatype] ?? [1, WRITERS[2]![1]];
	const headerBytes = version === 1 ? 352 : 544;
	const bytes = new Uint8Array(headerBytes + values.length * width);
	const view = new DataView(bytes.buffer);
	const dims = spec.dims ?? [3, 2, 2, 2, 1, 1, 1, 1];
	const pixDims = spec.pixDims ?? [1, 1, 1, 1, 0, 0, 0, 0];
	const rows = spec.sform ?? IDENTITY_ROWS;
	const text = (at: number, s: string) =>
		bytes.set(
			[...s].map((c) => c.charCodeAt(0)),
			at,
		);
	const floats = (at: number, xs: readonly number[]) => {
		for (const [n, x] of xs.entries())
			if (version === 1) view.setFloat32(at + 4 * n, x, le);
			else view.setFloat64(at + 8 * n, x, le);
	};
	const code = (at: number, x: number) => (version === 1 ? view.setInt16(at, x, le) : view.setInt32(at, x, le));
	const at = version === 1 ? V1 : V2;
	view.setInt32(0, headerBytes - 4, le);
	for (const [n, d] of dims.entries())
		if (version === 1) view.setInt16(40 + 2 * n, d, le);
		else view.setBigInt64(16 + 8 * n, BigInt(d), le);
	view.setInt16(at.datatype, datatype, le);
	view.setInt16(at.datatype + 2, width * 8, le);
	floats(at.pixDims, pixDims);
	if (version === 1) view.setFloat32(108, spec.voxOffset ?? headerBytes, le);
	else view.setBigInt64(168, BigInt(spec.voxOffset ?? headerBytes), le);
	floats(at.scaling, [spec.slope ?? 1, spec.intercept ?? 0]);
	text(at.description, spec.description ?? '');
	code(at.codes, spec.qformCode ?? 0);
	code(at.codes + (version === 1 ? 2 : 4), spec.sformCode ?? 1);
	floats(at.quaternion, [...(spec.quaternion ?? [0, 0, 0]), ...(spec.qOffset ?? [0, 0, 0])]);
	floats(at.sform, rows);
	text(at.magic, spec.magic ?? (version === 1 ? 'n+1\0' : 'n+2\0\r\n\x1a\n'));
	for (const [n, x] of values.entries()) write(view, headerBytes + n * width, x, le);
	return bytes;
}

const V1 = {
	datatype: 70,
	pixDims: 76,
	scaling: 112,
	description: 148,
	codes: 252,
	quaternion: 256,
	sform: 280,
	magic: 344,
};
const V2 = {
	datatype: 12,
	pixDims: 104,
	scaling: 176,
	description: 240,
	codes: 344,
	quaternion: 352,
	sform: 400,
	magic: 4,
};
