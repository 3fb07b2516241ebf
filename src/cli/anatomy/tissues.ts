import type { Dims } from '../../grid/grid.ts';
import { distanceTo } from '../../mask/distance.ts';
import { ANATOMY_TISSUES, type AnatomyTissue } from '../../phantom/anatomy.ts';
import { blurred, closed, type Field, filled, largeParts, maskWhere, opened, UNIT } from './fields.ts';

/** Values of the template's T1 image. */
const CSF = 32;
const GREY = 84;
const WHITE = 114;
/** Darker than this is partly fluid: the template's narrow sulci are blurred into grey matter. */
const FLUID = 79;

/** Deep nuclei of one side, RAS mm: middle and half axes of thalamus, putamen, caudate head, pallidum. */
const NUCLEI = [
	{ centre: [11, -19, 8], half: [10, 14, 9] },
	{ centre: [26, 2, 0], half: [7, 16, 11] },
	{ centre: [13, 12, 8], half: [7, 12, 12] },
	{ centre: [20, -5, 0], half: [6, 9, 7] },
] as const;

/** A head as its T1 image and the same without what lies outside the brain, 1 mm, x to the right, y to the front. */
export interface HeadImage {
	readonly dims: Dims;
	/** RAS mm of the first voxel. */
	readonly originMm: Dims;
	readonly head: ArrayLike<number>;
	readonly brain: ArrayLike<number>;
}

/** Shares of the tissues in every voxel, 0..1. Everything in front of and below the brain is cut off: no face. */
export function tissuesOf({ dims, originMm, head, brain }: HeadImage): Readonly<Record<AnatomyTissue, Field>> {
	const count = dims[0] * dims[1] * dims[2];
	const place = (n: number) => {
		const row = Math.floor(n / dims[0]);
		const k = Math.floor(row / dims[1]);
		return [n - row * dims[0] + originMm[0], row - k * dims[1] + originMm[1], k + originMm[2]] as const;
	};
	const image = Float32Array.from({ length: count }, (_, n) => head[n]!);
	const stripped = maskWhere(count, (n) => brain[n]! > 0);
	const cerebrum = filled(closed(stripped, dims, 4), dims);
	const outside = distanceTo(1, cerebrum, dims, UNIT);
	const depth = distanceTo(0, cerebrum, dims, UNIT);

	// White matter is made even: its value is followed over some centimetres.
	const whitish = maskWhere(count, (n) => stripped[n] === 1 && image[n]! > 104 && image[n]! < 135);
	const level = blurred(Float32Array.from(whitish), dims, 12);
	const sum = blurred(
		image.map((value, n) => value * whitish[n]!),
		dims,
		12,
	);
	const even = image.map((value, n) => {
		const local = level[n]! > 1e-3 ? sum[n]! / level[n]! : WHITE;
		return value * Math.min(1.15, Math.max(0.85, WHITE / local));
	});

	const inside = blurred(Float32Array.from(cerebrum), dims, 0.6);
	const steep = (share: number) => 1 / (1 + Math.exp(-(share - 0.5) * 7));
	const [low, high] = [steep(0), steep(1)];
	const white = even.map((value) =>
		value < 70 ? 0 : (steep(unit((value - GREY) / (WHITE - GREY))) - low) / (high - low),
	);
	const fluid = even.map((value) => unit(unit((FLUID - value) / (FLUID - CSF)) * 1.15 - 0.04));

	const chambers = largeParts(
		opened(
			maskWhere(count, (n) => even[n]! < 58 && depth[n]! > 14),
			dims,
			1,
		),
		dims,
		300,
	);
	const nearChamber = distanceTo(1, chambers, dims, UNIT);
	const nuclei = blurred(
		Float32Array.from({ length: count }, (_, n) => {
			const [x, y, z] = place(n);
			return NUCLEI.reduce((most, { centre, half }) => {
				const [u, v, w] = [(Math.abs(x) - centre[0]) / half[0], (y - centre[1]) / half[1], (z - centre[2]) / half[2]];
				return Math.max(most, unit((1.4 - Math.sqrt(u * u + v * v + w * w)) / 0.4));
			}, 0);
		}),
		dims,
		1,
	);

	const body = filled(
		closed(
			maskWhere(count, (n) => image[n]! > 18),
			dims,
			5,
		),
		dims,
	);
	const bodySoft = blurred(Float32Array.from(body), dims, 0.6);
	const faceless = maskWhere(count, (n) => !isFace(place(n), outside[n]!));
	const kept = blurred(Float32Array.from(faceless), dims, 0.8);

	const shares = Object.fromEntries(ANATOMY_TISSUES.map((name) => [name, new Float32Array(count)])) as Record<
		AnatomyTissue,
		Field
	>;
	for (let n = 0; n < count; n++) {
		const within = inside[n]!;
		const [x, y, z] = place(n);
		let w = white[n]!;
		const c = Math.min(fluid[n]!, 1 - w);
		const deep = w > 0.98 ? 0 : nuclei[n]! * unit((116 - even[n]!) / 9) * 0.85 * (1 - c);
		w *= 1 - deep;
		const g = Math.max(0, 1 - w - c - deep);
		const chamber = unit(1.5 - nearChamber[n]!);
		shares.white[n] = within * w;
		shares.grey[n] = within * g;
		shares.deepGrey[n] = within * deep;
		shares.ventricle[n] = within * c * chamber;
		shares.csf[n] = within * c * (1 - chamber);
		// Fluid between brain and skull, then dura, bone, soft tissue.
		const beyond = (1 - within) * bodySoft[n]! * kept[n]!;
		const around = outside[n]!;
		const fluidGap = unit(3 - around) * (image[n]! < 75 ? 1 : 0.4);
		const shell = unit(1.2 - Math.abs(around - 3.2)) * 0.6;
		const sinus = Math.abs(x) < 6 && z > 4 && around > 0.5 && around < 7 && image[n]! < 105 && !(y > 25 && z < 24);
		const vein = sinus ? 0.85 * unit(1.4 - Math.abs(x) / 5) : 0;
		const rest = beyond * (1 - Math.max(fluidGap, shell, vein));
		const fat = unit((image[n]! - 115) / 50);
		const bone = unit((45 - image[n]!) / 20);
		shares.csf[n]! += beyond * fluidGap * (1 - Math.max(shell, vein));
		shares.dura[n] = beyond * shell * (1 - vein);
		shares.vein[n] = beyond * vein;
		shares.fat[n] = rest * fat;
		shares.bone[n] = rest * bone;
		shares.muscle[n] = rest * Math.max(0, 1 - fat - bone);
		// The falx is a thin leaf in the fluid between the hemispheres.
		const falx = 0.6 * unit(1.6 - Math.abs(x)) * unit(depth[n]! / 4) * unit((z + 2) / 8) * shares.csf[n]!;
		shares.dura[n]! += falx;
		shares.csf[n]! -= falx;
	}
	return shares;
}

/** Whether a place belongs to what shows who somebody is: eyes, nose, mouth and what lies below the skull. */
function isFace([x, y, z]: readonly [number, number, number], outsideMm: number): boolean {
	// A rounded cut, as no straight edge is seen in a head.
	const front = z < -6 && (y > 48 || (x / 78) ** 2 + (Math.max(0, y + 18) / 66) ** 2 > 1);
	return outsideMm > 5 && (front || z < -64);
}

function unit(value: number): number {
	return value < 0 ? 0 : value > 1 ? 1 : value;
}
