import { percentOf, type Quantiles, valueAt } from '../../formats/intensityQuantiles.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { readPreferences, savePreferences } from '../../store/preferences.ts';
import type { Window } from '../../viewer/series.ts';

/** Default window of a sequence, in per cent of its intensities without background. */
export const DEFAULT_PERCENT = { low: 1, high: 99.7 };

/** The display windows of a case. Each is remembered for its sequence, in per cent, so that the next case opens alike. */
export class Windows {
	readonly #quantiles = new Map<Sequence, Quantiles>();
	readonly #windows = new Map<Sequence, Window>();

	/** Takes a sequence that was loaded, with the window remembered for it. */
	add(sequence: Sequence, quantiles: Quantiles): void {
		this.#quantiles.set(sequence, quantiles);
		this.#windows.set(sequence, windowAt(quantiles, readPreferences().windows[sequence] ?? DEFAULT_PERCENT));
	}

	/** In the units of the voxels; undefined before the sequence is here. */
	get(sequence: Sequence): Window | undefined {
		return this.#windows.get(sequence);
	}

	/** Lowest and highest intensity. */
	range(sequence: Sequence): Window | undefined {
		const quantiles = this.#quantiles.get(sequence);
		return quantiles && { low: valueAt(quantiles, 0), high: valueAt(quantiles, 100) };
	}

	/** Sets and remembers a window, as near to the one asked for as the intensities allow. */
	set(sequence: Sequence, window: Window): void {
		const quantiles = this.#quantiles.get(sequence);
		if (!quantiles) return;
		const clamped = clampWindow(quantiles, window);
		this.#windows.set(sequence, clamped);
		const percent = { low: percentOf(quantiles, clamped.low), high: percentOf(quantiles, clamped.high) };
		savePreferences({ windows: { ...readPreferences().windows, [sequence]: percent } });
	}

	/** Back to the window by percentiles. */
	reset(sequence: Sequence): void {
		const quantiles = this.#quantiles.get(sequence);
		if (quantiles) this.set(sequence, windowAt(quantiles, DEFAULT_PERCENT));
	}
}

/** The window between two percentages of the intensities, in the units of the voxels. */
export function windowAt(quantiles: Quantiles, { low, high }: Window): Window {
	return clampWindow(quantiles, { low: valueAt(quantiles, low), high: valueAt(quantiles, high) });
}

/** Keeps a window inside the intensities and a little wide, so that neither a blank nor a flat image can be set. */
function clampWindow(quantiles: Quantiles, { low, high }: Window): Window {
	const [min, max] = [valueAt(quantiles, 0), valueAt(quantiles, 100)];
	// A flat image has no range of its own.
	const narrowest = max > min ? (max - min) / 200 : Math.max(1, Math.abs(max)) * 1e-3;
	const bottom = Math.min(Math.max(low, min), max - narrowest);
	return { low: bottom, high: Math.max(Math.min(high, max), bottom + narrowest) };
}
