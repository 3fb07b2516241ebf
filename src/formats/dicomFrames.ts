import type { DataSet } from './dicomDataSet.ts';
import type { DicomKeyword } from './dicomTags.ts';

/** Functional groups of a multi-frame object, seen together with the data set of a single-frame one. */
export class DicomFrames {
	private readonly data: DataSet;
	private readonly perFrame: readonly DataSet[];
	private readonly shared: DataSet | undefined;
	/** Values that hold for all frames: read once, however many frames there are. */
	private readonly common = new Map<string, number[]>();

	constructor(data: DataSet) {
		this.data = data;
		this.perFrame = data.items('PerFrameFunctionalGroupsSequence');
		this.shared = data.item('SharedFunctionalGroupsSequence');
	}

	/**
	 * Numbers of a frame: from its own functional group `sequence`, else the one shared by all, else the data set itself;
	 * none where nothing tells.
	 */
	numbers(frame: number, sequence: DicomKeyword, keyword: DicomKeyword): number[] {
		const own = this.perFrame[frame]?.item(sequence)?.numbers(keyword);
		if (own && own.length > 0) return own;
		const key = `${sequence}.${keyword}`;
		let common = this.common.get(key);
		if (!common) {
			const shared = this.shared?.item(sequence)?.numbers(keyword) ?? [];
			common = shared.length > 0 ? shared : this.data.numbers(keyword);
			this.common.set(key, common);
		}
		return common;
	}

	/** The first of `numbers`; undefined where there is none or it is no number. */
	number(frame: number, sequence: DicomKeyword, keyword: DicomKeyword): number | undefined {
		const value = this.numbers(frame, sequence, keyword)[0];
		return value !== undefined && Number.isFinite(value) ? value : undefined;
	}
}
