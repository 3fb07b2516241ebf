import { type Grid, voxelCount } from '../grid/grid.ts';
import { rgbToLab } from './dicomColour.ts';
import { DICOM_TAGS } from './dicomTags.ts';
import { type DicomItem, writeDicom } from './dicomWriter.ts';
import type { NamedMask } from './segmentation.ts';

/** What a written segmentation says beside its voxels. */
export interface DicomSegAbout {
	/** Number of the patient in the study, PatientID; never a name. Up to 64 characters. */
	readonly patient: string;
	readonly seriesDescription: string;
	/** `YYYYMMDD`; default 19000101, as the standard wants a date and this room has no clock. */
	readonly date?: string;
	/**
	 * A UID (digits and dots, up to 64) for each part: `study`, `series`, `instance`, `frameOfReference`, `dimensions`.
	 * The same part gives the same UID; two files that go together share `study` and `frameOfReference`.
	 */
	readonly uid: (part: DicomSegUid) => string;
}

/** The parts of a written segmentation that have a UID. */
export type DicomSegUid = 'study' | 'series' | 'instance' | 'frameOfReference' | 'dimensions';

const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';
/** From here on, in-plane axes are not at right angles for DICOM. */
const MOST_COSINE = 1e-3;
const MAX_LENGTH = 64;

interface Frame {
	/** Counted from 1. */
	readonly segment: number;
	/** Slice of the grid. */
	readonly k: number;
	/** Place among the slices along the normal, from 0. */
	readonly place: number;
}

/**
 * Writes masks as a binary DICOM Segmentation, explicit VR little endian: one segment a mask, in their order, coded as
 * neoplasm (SCT); overlaps stay. Slices without a voxel are left out, except the first and the last of the grid for the
 * first segment, so that the grid's extent stands in the file. Frames are sorted along row × column: a left-handed
 * grid (in patient space) comes back with k the other way round, voxels in the same places. No source images are named.
 * The same input gives the same bytes. Throws where there is no mask, a mask does not fill the grid, an in-plane axis
 * is longer than 65 535, or the grid's i and j are not at right angles. Source: DICOM PS3.3 A.51.
 */
export function writeDicomSeg(grid: Grid, masks: readonly NamedMask[], about: DicomSegAbout): Uint8Array<ArrayBuffer> {
	const [columns, rows] = grid.dims;
	for (const { mask } of masks)
		if (mask.length !== voxelCount(grid.dims))
			throw new Error(`got a mask of ${mask.length} voxels, expected ${voxelCount(grid.dims)}`);
	if (masks.length < 1 || masks.length > 65_535) throw new Error(`got ${masks.length} masks, expected 1 to 65535`);
	if (rows > 65_535 || columns > 65_535) throw new Error(`got ${columns} × ${rows} pixels, expected up to 65535`);
	const plane = planeOfGrid(grid);
	const frames = framesOf(grid, masks, plane.reversed);
	const overlap = masks.length > 1 && overlaps(masks);
	const day = about.date ?? '19000101';
	return writeDicom({
		...objectOf(about, day),
		Rows: rows,
		Columns: columns,
		NumberOfFrames: frames.length,
		SegmentsOverlap: overlap ? 'YES' : 'NO',
		SegmentSequence: masks.map(segmentOf),
		SharedFunctionalGroupsSequence: [
			{
				PlaneOrientationSequence: [{ ImageOrientationPatient: [...plane.row, ...plane.column] }],
				PixelMeasuresSequence: [
					{
						SliceThickness: plane.between,
						SpacingBetweenSlices: plane.between,
						PixelSpacing: [plane.betweenRows, plane.betweenColumns],
					},
				],
			},
		],
		PerFrameFunctionalGroupsSequence: frames.map(
			({ segment, k, place }): DicomItem => ({
				FrameContentSequence: [{ DimensionIndexValues: [segment, place + 1] }],
				PlanePositionSequence: [{ ImagePositionPatient: plane.position(k) }],
				SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
			}),
		),
		PixelData: packedFrames(frames, masks, rows * columns),
	});
}

/** Everything that does not depend on the masks. */
function objectOf({ patient, seriesDescription, uid }: DicomSegAbout, day: string): DicomItem {
	const text = (value: string) => value.replaceAll('\\', '/').slice(0, MAX_LENGTH);
	const index = (pointer: number, group: number): DicomItem => ({
		DimensionOrganizationUID: uid('dimensions'),
		DimensionIndexPointer: pointer,
		FunctionalGroupPointer: group,
	});
	return {
		SOPClassUID: SEGMENTATION_STORAGE,
		SOPInstanceUID: uid('instance'),
		ImageType: ['DERIVED', 'PRIMARY'],
		StudyDate: day,
		SeriesDate: day,
		ContentDate: day,
		StudyTime: '000000',
		SeriesTime: '000000',
		ContentTime: '000000',
		AccessionNumber: '',
		Modality: 'SEG',
		Manufacturer: 'Concord',
		ManufacturerModelName: 'Concord',
		DeviceSerialNumber: '1',
		SoftwareVersions: '1',
		ReferringPhysicianName: '',
		SeriesDescription: text(seriesDescription),
		PatientName: '',
		PatientID: text(patient),
		PatientBirthDate: '',
		PatientSex: '',
		StudyInstanceUID: uid('study'),
		SeriesInstanceUID: uid('series'),
		StudyID: '1',
		SeriesNumber: 1,
		InstanceNumber: 1,
		FrameOfReferenceUID: uid('frameOfReference'),
		PositionReferenceIndicator: '',
		DimensionOrganizationSequence: [{ DimensionOrganizationUID: uid('dimensions') }],
		DimensionIndexSequence: [
			index(DICOM_TAGS.ReferencedSegmentNumber[0], DICOM_TAGS.SegmentIdentificationSequence[0]),
			index(DICOM_TAGS.ImagePositionPatient[0], DICOM_TAGS.PlanePositionSequence[0]),
		],
		SamplesPerPixel: 1,
		PhotometricInterpretation: 'MONOCHROME2',
		BitsAllocated: 1,
		BitsStored: 1,
		HighBit: 0,
		PixelRepresentation: 0,
		LossyImageCompression: '00',
		SegmentationType: 'BINARY',
		ContentLabel: 'SEGMENTATION',
		ContentDescription: text(seriesDescription),
		ContentCreatorName: '',
	};
}

/** Codes: DICOM PS3.16 CID 7150 and 7159. */
function segmentOf({ name, colour }: NamedMask, n: number): DicomItem {
	const code = (CodeValue: string, CodeMeaning: string): DicomItem => ({
		CodeValue,
		CodingSchemeDesignator: 'SCT',
		CodeMeaning,
	});
	const label = name.replaceAll('\\', '/').slice(0, MAX_LENGTH);
	return {
		SegmentNumber: n + 1,
		SegmentLabel: label || String(n + 1),
		SegmentAlgorithmType: 'MANUAL',
		SegmentedPropertyCategoryCodeSequence: [code('49755003', 'Morphologically Abnormal Structure')],
		SegmentedPropertyTypeCodeSequence: [code('108369006', 'Neoplasm')],
		RecommendedDisplayCIELabValue: rgbToLab(colour),
	};
}

/** The grid as DICOM tells it, LPS: x and y turn round. */
function planeOfGrid({ dims, affine }: Grid) {
	const lps = (column: number) => [-affine[column]!, -affine[4 + column]!, affine[8 + column]!];
	const [i, j, k, origin] = [lps(0), lps(1), lps(2), lps(3)] as [number[], number[], number[], number[]];
	const dot = (a: readonly number[], b: readonly number[]) => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
	const length = (v: readonly number[]) => Math.sqrt(dot(v, v));
	const [row, column] = [i, j].map((v) => v.map((x) => x / length(v))) as [number[], number[]];
	if (Math.abs(dot(row, column)) > MOST_COSINE)
		throw new Error('got a grid with skewed i and j, expected right angles');
	const normal = [
		row[1]! * column[2]! - row[2]! * column[1]!,
		row[2]! * column[0]! - row[0]! * column[2]!,
		row[0]! * column[1]! - row[1]! * column[0]!,
	];
	const along = dot(k, normal);
	return {
		row,
		column,
		betweenColumns: length(i),
		betweenRows: length(j),
		between: dims[2] > 1 ? Math.abs(along) : length(k),
		reversed: along < 0,
		position: (slice: number) => origin.map((x, axis) => x + slice * k[axis]!),
	};
}

/** Segment by segment, slices along the normal. */
function framesOf({ dims }: Grid, masks: readonly NamedMask[], reversed: boolean): Frame[] {
	const size = dims[0] * dims[1];
	const frames: Frame[] = [];
	for (const [n, { mask }] of masks.entries())
		for (let place = 0; place < dims[2]; place++) {
			const k = reversed ? dims[2] - 1 - place : place;
			const end = n === 0 && (place === 0 || place === dims[2] - 1);
			if (end || hasVoxel(mask, k * size, (k + 1) * size)) frames.push({ segment: n + 1, k, place });
		}
	return frames;
}

function hasVoxel(mask: Uint8Array, start: number, end: number): boolean {
	for (let n = start; n < end; n++) if (mask[n] !== 0) return true;
	return false;
}

/** One bit a pixel, least significant first, frame after frame without a gap. */
function packedFrames(frames: readonly Frame[], masks: readonly NamedMask[], size: number): Uint8Array {
	const out = new Uint8Array(Math.ceil((frames.length * size) / 8));
	for (const [n, { segment, k }] of frames.entries()) {
		const { mask } = masks[segment - 1]!;
		for (let p = 0; p < size; p++)
			if (mask[k * size + p] !== 0) {
				const bit = n * size + p;
				out[bit >> 3]! |= 1 << (bit & 7);
			}
	}
	return out;
}

function overlaps(masks: readonly NamedMask[]): boolean {
	const met = new Uint8Array(masks[0]!.mask.length);
	return masks.some(({ mask }) => {
		for (let n = 0; n < mask.length; n++)
			if (mask[n] !== 0) {
				if (met[n] !== 0) return true;
				met[n] = 1;
			}
		return false;
	});
}
