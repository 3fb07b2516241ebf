import type { Acquisition } from '../protocol/acquisition.ts';

/** Name of a file without what its format adds, so that an image and its sidecars have the same: `a/dwi` of `a/dwi.nii.gz`. */
export function stemOf(path: string): string {
	return path.replace(/(?:\.(?:nii|nrrd|nhdr|mgh|mgz|mha|mhd|img|hdr|json|bval))(?:\.gz)?$/i, '');
}

/** Whether a file may say how the image of the same stem was acquired. */
export function isSidecar(path: string): boolean {
	return /\.(?:json|bval)$/i.test(path);
}

/**
 * What a sidecar of dcm2niix or BIDS (`.json`) or a table of b-values (`.bval`, the highest counts) says of an image. Fields
 * that are missing or make no sense are left out; a text that is neither gives nothing.
 */
export function readSidecar(path: string, text: string): Acquisition {
	return /\.bval$/i.test(path) ? readBValues(text) : readJson(text);
}

function readBValues(text: string): Acquisition {
	// Not all at once: a table may have more values than a call takes arguments.
	const bValue = text
		.trim()
		.split(/\s+/)
		.reduce((most, word) => Math.max(most, Number(word)), Number.NEGATIVE_INFINITY);
	return Number.isFinite(bValue) && bValue > 0 && bValue <= 100_000 ? { bValue } : {};
}

function readJson(text: string): Acquisition {
	let fields: unknown;
	try {
		fields = JSON.parse(text);
	} catch {
		return {};
	}
	if (typeof fields !== 'object' || fields === null) return {};
	const field = (name: string): unknown =>
		Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : undefined;
	const number = (name: string, from: number, to: number): number | undefined => {
		const value = field(name);
		return typeof value === 'number' && value >= from && value <= to ? value : undefined;
	};
	const imageType = field('ImageType');
	const kind = Array.isArray(imageType) ? imageType[0] : undefined;
	const dimension = field('MRAcquisitionType');
	const thicknessMm = number('SliceThickness', 0.01, 1000);
	const bValue = number('DiffusionBValue', 1, 100_000);
	const bitsStored = number('BitsStored', 1, 64);
	return {
		...((dimension === '2D' || dimension === '3D') && { dimension }),
		...(thicknessMm !== undefined && { thicknessMm }),
		...(bValue !== undefined && { bValue }),
		...(bitsStored !== undefined && Number.isInteger(bitsStored) && { bitsStored }),
		...((kind === 'ORIGINAL' || kind === 'DERIVED') && { derived: kind === 'DERIVED' }),
	};
}
