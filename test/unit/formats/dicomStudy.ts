import { dicomBytes, mrSlice, type TestElement } from './dicomBytes.ts';

/** A made-up series to be; slices are 24 columns by 20 rows. */
export interface MadeSeries {
	readonly uid: string;
	readonly description: string;
	/** Places of the slices along the body, mm. Default: 30, 4 mm apart. */
	readonly places?: readonly number[];
	/** Default: 4. */
	readonly thicknessMm?: number;
	readonly bValue?: number;
	readonly imageType?: string;
	/** Added to every voxel. */
	readonly offset?: number;
	readonly more?: readonly TestElement[];
}

export const COLUMNS = 24;
export const ROWS = 20;
export const PERSON = 'Zhang^San';

/** Places of slices at the same distance. */
export function evenly(count: number, distance: number): number[] {
	return Array.from({ length: count }, (_, n) => n * distance);
}

/** The voxels of a slice: no two slices, rows or columns are alike, and there are more than 257 values. */
export function sliceVoxels(n: number, offset = 0): number[] {
	return Array.from({ length: COLUMNS * ROWS }, (_, p) => offset + n + 2 * p);
}

/** The files of a series, from the feet upwards, named `1.dcm` on, in a folder; all say whom they show. */
export function seriesFiles(folder: string, series: MadeSeries): Map<string, Uint8Array<ArrayBuffer>> {
	const { uid, description, places = evenly(30, 4), thicknessMm = 4, bValue, imageType, offset, more = [] } = series;
	return new Map(
		places.map((z, n) => {
			const elements: TestElement[] = [
				[0x0008_103e, 'LO', description],
				[0x0010_0010, 'PN', PERSON],
				[0x0018_0050, 'DS', String(thicknessMm)],
				[0x0020_000e, 'UI', uid],
				[0x0020_0013, 'IS', String(n + 1)],
				[0x0028_0010, 'US', [ROWS]],
				[0x0028_0011, 'US', [COLUMNS]],
				...(bValue === undefined ? [] : ([[0x0018_9087, 'FD', [bValue]]] as const)),
				...(imageType === undefined ? [] : ([[0x0008_0008, 'CS', imageType]] as const)),
				...more,
			];
			return [`${folder}/${n + 1}.dcm`, dicomBytes(mrSlice(z, sliceVoxels(n, offset), elements))];
		}),
	);
}

/** The series of a study with everything that the consensus asks for, by folder. */
export const STUDY: Readonly<Record<string, MadeSeries>> = {
	SE1: { uid: '1.2.1', description: 'Ax T1 SE' },
	SE2: { uid: '1.2.2', description: 'Ax T2 FSE' },
	SE3: { uid: '1.2.3', description: 'Ax T2 FLAIR' },
	SE4: { uid: '1.2.4', description: 'Ax T1 +C' },
	SE5: { uid: '1.2.5', description: 'Ax DWI', bValue: 1000 },
	SE6: { uid: '1.2.6', description: 'Ax Diffusion map', imageType: 'DERIVED\\PRIMARY\\ADC' },
};
