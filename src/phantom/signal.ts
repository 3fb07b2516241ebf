import type { Sequence } from '../protocol/protocol.ts';
import { exp } from './math.ts';
import type { Tissue } from './tissues.ts';

/** Sequences that are measured; the ADC map is worked out from two of them. */
export type Measured = Exclude<Sequence, 'ADC'> | 'B0';

/** Fat is suppressed in diffusion imaging to this share of its signal. */
export const FAT_LEFT = 0.06;

/**
 * Signal of a tissue, in arbitrary units ≥ 0: inversion recovery for T1, T1C (TI/TR 900/2000 ms) and FLAIR
 * (TI/TR/TE 2500/9000/85), spin echo for T2 (TR/TE 4500/82) and diffusion (6000/75, b 0 and as given, s/mm²).
 * Source: Bernstein, King, Zhou 2004, Handbook of MRI Pulse Sequences, ISBN 978-0-12-092861-3, ch. 14.
 */
export function signal(sequence: Measured, { t1Ms, t2Ms, pd, adc, uptake }: Tissue, bValue = 1000): number {
	switch (sequence) {
		case 'T1':
			return pd * inversion(900, 2000, t1Ms) * exp(-3 / t2Ms);
		case 'T1C':
			return pd * inversion(900, 2000, 1 / (1 / t1Ms + uptake / 1000)) * exp(-3 / t2Ms);
		case 'T2':
			return pd * (1 - exp(-4500 / t1Ms)) * exp(-82 / t2Ms);
		case 'FLAIR':
			return pd * inversion(2500, 9000, t1Ms) * exp(-85 / t2Ms);
		case 'B0':
			return pd * (1 - exp(-6000 / t1Ms)) * exp(-75 / t2Ms);
		case 'DWI':
			return pd * (1 - exp(-6000 / t1Ms)) * exp(-75 / t2Ms) * exp((-adc * bValue) / 1000);
	}
}

function inversion(tiMs: number, trMs: number, t1Ms: number): number {
	return Math.abs(1 - 2 * exp(-tiMs / t1Ms) + exp(-trMs / t1Ms));
}
