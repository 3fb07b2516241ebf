import { type DicomFile, kindOf, openDicom } from './dicomFile.ts';
import { DicomFrames } from './dicomFrames.ts';
import { openPixels, type Pixels } from './dicomPixels.ts';
import { type Plane, planeOf } from './dicomStack.ts';
import { formatIssue } from './formatIssue.ts';
import type { Result } from './issue.ts';

/** One frame of a DICOM image, with what decides which volume it belongs to. */
export interface DicomSlice {
	readonly file: DicomFile;
	readonly frame: number;
	readonly pixels: Pixels;
	readonly plane: Plane;
	/** Place in the series by the file's own count; ∞ where it does not count. */
	readonly instance: number;
	readonly seriesUid: string;
	/** Values of ImageType with their backslashes. */
	readonly imageType: string;
	readonly echoTimeMs?: number;
	readonly repetitionTimeMs?: number;
	/** s/mm². */
	readonly bValue?: number;
	/** Where the b-value stands in a maker's own element, whose 0 may mean nothing. */
	readonly bValueIsPrivate: boolean;
	readonly slope: number;
	readonly intercept: number;
}

/** The frames of one file, all issues at once; another kind of object is an issue that names it. Decodes no pixels. */
export function slicesOfFile(bytes: Uint8Array, path: string): Result<DicomSlice[]> {
	const opened = openDicom(bytes, path);
	if (!opened.ok) return opened;
	const file = opened.value;
	const kind = kindOf(file);
	if (!kind.ok) return kind;
	const fail = (code: 'segmentation' | 'mosaic' | 'noPosition' | 'damaged') => ({
		ok: false as const,
		issues: [formatIssue(`dicom.${code}`, path, {})],
	});
	if (kind.value === 'segmentation') return fail('segmentation');
	const { data } = file;
	if (data.texts('ImageType').includes('MOSAIC')) return fail('mosaic');
	const pixels = openPixels(file);
	if (!pixels.ok) return pixels;
	const frames = new DicomFrames(data);
	const about = {
		file,
		pixels: pixels.value,
		instance: data.number('InstanceNumber') ?? Number.POSITIVE_INFINITY,
		seriesUid: data.text('SeriesInstanceUID') ?? '',
		imageType: data.text('ImageType') ?? '',
		...optional('repetitionTimeMs', data.number('RepetitionTime')),
	};
	const privateB = privateBValue(file);
	const slices: DicomSlice[] = [];
	for (let frame = 0; frame < pixels.value.frames; frame++) {
		const plane = planeOf(frames, frame);
		if (!plane) return fail('noPosition');
		const slope = frames.numbers(frame, 'PixelValueTransformationSequence', 'RescaleSlope')[0] ?? 1;
		const intercept = frames.numbers(frame, 'PixelValueTransformationSequence', 'RescaleIntercept')[0] ?? 0;
		if (!Number.isFinite(slope) || !Number.isFinite(intercept) || slope === 0)
			return {
				ok: false,
				issues: [formatIssue('nifti.scaling', path, { slope: String(slope), intercept: String(intercept) })],
			};
		const standardB = frames.number(frame, 'MRDiffusionSequence', 'DiffusionBValue');
		const echo = frames.number(frame, 'MREchoSequence', 'EffectiveEchoTime') ?? data.number('EchoTime');
		slices.push({
			...about,
			frame,
			plane,
			slope,
			intercept,
			bValueIsPrivate: standardB === undefined,
			...optional('echoTimeMs', echo),
			...optional('bValue', standardB ?? privateB),
		});
	}
	return { ok: true, value: slices };
}

/**
 * The b-value where a maker keeps it. GE adds multiples of a hundred thousand that mean something else.
 * Source: dcm2niix, nii_dicom.cpp.
 */
function privateBValue({ data }: DicomFile): number | undefined {
	const siemens = data.privateNumbers(0x0019, 'SIEMENS MR HEADER', 0x0c, 'IS')[0];
	const ge = data.privateNumbers(0x0043, 'GEMS_PARM_01', 0x39, 'IS')[0];
	const philips = data.privateNumbers(0x2001, 'Philips Imaging DD 001', 0x03, 'FL')[0];
	const value = [siemens, ge === undefined ? undefined : ge % 100_000, philips].find((b) => b !== undefined);
	return value !== undefined && value >= 0 && value < 100_000 ? value : undefined;
}

function optional<K extends string>(key: K, value: number | undefined): { readonly [P in K]?: number } {
	return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: number });
}
