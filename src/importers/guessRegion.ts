import { FAMILY_REGIONS, type Family, type Region } from '../protocol/protocol.ts';
export function guessRegion(name: string, family: Family): Region | null {
	const known = FAMILY_REGIONS[family] as readonly Region[];
	return known.find((region) => name === region) ?? null;
}
