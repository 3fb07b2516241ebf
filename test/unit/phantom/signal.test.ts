import { expect, it } from 'vitest';
import { type Measured, signal } from '../../../src/phantom/signal.ts';
import { type TissueName, tissuesOf } from '../../../src/phantom/tissues.ts';

const TISSUES = tissuesOf({ family: 'glioma', seed: 1 });
const of = (sequence: Measured, name: TissueName) => signal(sequence, TISSUES[name]);

it('nulls cerebrospinal fluid on FLAIR and makes oedema the brightest there', () => {
	expect(of('FLAIR', 'csf')).toBeLessThan(0.2 * of('FLAIR', 'white'));
	expect(of('FLAIR', 'oedema')).toBeGreaterThan(1.2 * of('FLAIR', 'grey'));
});

it('shows the tumour’s body darker than oedema on T2 where it is solid', () => {
	expect(of('T2', 'rim')).toBeLessThan(0.8 * of('T2', 'oedema'));
	expect(of('T2', 'csf')).toBeGreaterThan(of('T2', 'oedema'));
});

it('brightens the rim, and only what takes up contrast medium, on T1C', () => {
	const rise = (name: TissueName) => of('T1C', name) / of('T1', name);
	expect(rise('rim')).toBeGreaterThan(2);
	for (const name of ['white', 'grey', 'oedema', 'fat'] as const) expect(rise(name)).toBeLessThan(1.2);
	expect(of('T1C', 'necrosis')).toBeLessThan(of('T1C', 'white'));
});

it('weakens diffusion imaging by e to the minus b times ADC', () => {
	expect(of('DWI', 'white') / of('B0', 'white')).toBeCloseTo(Math.exp(-TISSUES.white.adc), 12);
	expect(signal('DWI', TISSUES.csf, 500) / of('B0', 'csf')).toBeCloseTo(Math.exp(-0.5 * TISSUES.csf.adc), 12);
});

it('makes blood bright before contrast medium, and no brighter after', () => {
	expect(of('T1', 'blood')).toBeGreaterThan(1.1 * of('T1', 'white'));
	expect(of('T1C', 'blood')).toBeCloseTo(of('T1', 'blood'), 12);
});

it('gives people tissues of their own, a little apart', () => {
	const other = tissuesOf({ family: 'glioma', seed: 2 });
	for (const name of ['white', 'grey', 'rim'] as const) {
		expect(other[name].t1Ms).not.toBe(TISSUES[name].t1Ms);
		expect(Math.abs(other[name].t1Ms / TISSUES[name].t1Ms - 1)).toBeLessThan(0.065);
	}
	expect(tissuesOf({ family: 'glioma', seed: 2 })).toEqual(other);
});
