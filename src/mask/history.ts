/** What one edit did: the voxels it flipped, in the mask of one region. */
export interface Edit<Region extends string = string> {
	readonly region: Region;
	/** Axial slice the edit was made in, to go back to it when it is undone. */
	readonly slice: number;
	/** Stored elements that flipped, each once. */
	readonly flips: Uint32Array;
}

/** The one place where masks change back and forth. Unlimited; a flip list is its own inverse. */
export class EditHistory<Region extends string = string> {
	readonly #done: Edit<Region>[] = [];
	readonly #undone: Edit<Region>[] = [];

	get canUndo(): boolean {
		return this.#done.length > 0;
	}

	get canRedo(): boolean {
		return this.#undone.length > 0;
	}

	/** The edits that stand, in order. */
	get done(): readonly Edit<Region>[] {
		return this.#done;
	}

	/** Notes an edit that has been made. What was undone before it can no longer be redone. */
	push(edit: Edit<Region>): void {
		this.#done.push(edit);
		this.#undone.length = 0;
	}

	/** The edit to flip back, or undefined where there is none. The caller flips. */
	undo(): Edit<Region> | undefined {
		const edit = this.#done.pop();
		if (edit) this.#undone.push(edit);
		return edit;
	}

	/** The edit to flip again, or undefined where there is none. The caller flips. */
	redo(): Edit<Region> | undefined {
		const edit = this.#undone.pop();
		if (edit) this.#done.push(edit);
		return edit;
	}
}
