import { expect, it } from 'vitest';
import { rasView } from '../../../src/grid/rasView.ts';
import { scoreReportSchema } from '../../../src/schemas/scoreReport.ts';
import { scoreCase } from '../../../src/scoring/scoreCase.ts';
import { SCORING_VERSION } from '../../../src/scoring/scoreReport.ts';

const view = rasView({ dims: [2, 2, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] });
const masks = {
	reference: new Uint8Array([1, 1, 0, 0]),
	prediction: new Uint8Array([0, 1, 0, 0]),
	view,
	voxelVolumeMl: 1,
};

it('scores region by region in the order given and keeps what could not be scored (rule 9)', () => {
	const report = scoreCase({
		caseId: 'ring-01',
		regions: [
			{ region: 'WT', ...masks },
			{ region: 'ET', ...masks, prediction: masks.reference },
		],
		unscored: [{ region: 'TB', reason: 'gridDiffers' }],
	});
	expect(report).toMatchObject({ scoringVersion: SCORING_VERSION, caseId: 'ring-01' });
	expect(report.regions.map(({ region, dice }) => [region, dice])).toEqual([
		['WT', { kind: 'value', value: 2 / 3 }],
		['ET', { kind: 'value', value: 1 }],
	]);
	expect(report.unscored).toEqual([{ region: 'TB', reason: 'gridDiffers' }]);
});

it('gives a report that survives JSON and its schema, undefined figures included (rule 6)', () => {
	const nothing = new Uint8Array(4);
	const report = scoreCase({
		caseId: 'a',
		regions: [{ region: 'NE', ...masks, reference: nothing, prediction: nothing }],
	});
	expect(scoreReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

it('throws where a region comes twice, or is both scored and unscored (rule 9)', () => {
	const region = { region: 'WT', ...masks };
	expect(() => scoreCase({ caseId: 'a', regions: [region, region] })).toThrow('got region WT twice');
	expect(() =>
		scoreCase({ caseId: 'a', regions: [region], unscored: [{ region: 'WT', reason: 'noReference' }] }),
	).toThrow('got region WT twice');
});
