import type { PlantedCase } from '../../../schemas/drill.ts';

/** What a repair is called in the answers that are kept, after `drill:repair:`. */
export function repairItem({ case: id, error, seed }: PlantedCase): string {
	return `${id}:${error}:${seed}`;
}
