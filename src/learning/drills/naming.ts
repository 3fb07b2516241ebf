import { type MaskName, maskName, parseMaskName } from '../../protocol/maskName.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import { chance } from './chance.ts';

/** A file to name, or a wrong name to put right. */
export interface NamingItem {
	readonly family: Family;
	readonly patient: string;
	readonly region: Region;
	readonly sequence: Sequence;
	/** The name that it should have. */
	readonly right: string;
	/** The wrong name that is to be corrected; undefined where it is written from nothing. */
	readonly wrong: string | undefined;
}

/** The parts of a name that are marked, in their order. */
export const NAME_PARTS = ['patient', 'sequence', 'region', 'form'] as const;
type NamePart = (typeof NAME_PARTS)[number];

/** A name as it is marked. */
export interface NameMark {
	readonly parts: Readonly<Record<NamePart, boolean>>;
	/** A quarter for each part. */
	readonly score: number;
}

/** Names to write and to correct in turn, drawn by chance: families in turn, their regions and a patient's number by the seed. */
export function namingItems(families: readonly Family[], count: number, seed: number): readonly NamingItem[] {
	const next = chance(seed);
	const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)]!;
	return Array.from({ length: count }, (_, n): NamingItem => {
		const family = families[(Math.floor(next() * families.length) + n) % families.length]!;
		const region = pick<Region>(FAMILY_REGIONS[family]);
		const patient = `P${String(1 + Math.floor(next() * 9998)).padStart(4, '0')}`;
		const sequence = REGION_SEQUENCE[region];
		const right = maskName(patient, region);
		const others = FAMILY_REGIONS[family].filter((each) => REGION_SEQUENCE[each] !== sequence);
		const wrong = pick([
			`${patient}-${sequence}-${region}.nii.gz`,
			`${patient}_${region}_${sequence}.nii.gz`,
			`${sequence}_${region}.nii.gz`,
			`${patient}_${REGION_SEQUENCE[pick<Region>(others)]}_${region}.nii.gz`,
			`${patient}_${sequence}_${region.toLowerCase()}.nii.gz`,
			`${patient}_${sequence}_mask.nii.gz`,
		]);
		return { family, patient, region, sequence, right, wrong: n % 2 === 0 ? undefined : wrong };
	});
}

/** Marks a name part by part; one that does not follow the rule keeps the parts that stand where they belong. */
export function markName({ patient, sequence, region }: NamingItem, typed: string): NameMark {
	const name = typed.trim();
	const read: Pick<MaskName, 'patient' | 'sequence' | 'regions'> | null = parseMaskName(name);
	const [first, second, third] = name.replace(/\..*$/, '').split('_');
	const parts = {
		patient: (read?.patient ?? first) === patient,
		sequence: (read?.sequence ?? second) === sequence,
		region: read ? read.regions.length === 1 && read.regions[0] === region : third === region,
		form: read !== null,
	};
	return { parts, score: NAME_PARTS.filter((part) => parts[part]).length / NAME_PARTS.length };
}
