import { useEffect, useState } from 'react';
import { formatQuantity } from '../../../i18n/format.ts';
import type { Lesion } from '../../../mask/lesions.ts';
import { useRead, useRoom } from '../context.ts';
import { REST_MS } from '../rules/liveRules.ts';

/** The lesions of the region on which they are counted, each with a way to it: counted anew once the hand rests. */
export function LesionList() {
	const { session, t } = useRoom();
	const { protocol } = session;
	const { region, mask, version, told } = useRead(({ protocol: { lesionRegion }, work }) => {
		const mask = lesionRegion && work?.masks.get(lesionRegion);
		return { region: lesionRegion, mask, version: mask?.version, told: work?.preRead?.lesions };
	});
	const [lesions, setLesions] = useState<readonly Lesion[]>([]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new mask or version asks for a new count
	useEffect(() => {
		const rest = setTimeout(() => setLesions(protocol.lesions), REST_MS);
		return () => clearTimeout(rest);
	}, [protocol, mask, version]);
	if (!region || (lesions.length === 0 && (told ?? 0) < 2)) return null;
	return (
		<section className={`lesions ${region.toLowerCase()}`}>
			<h2>
				{t('lesions.heading', { count: lesions.length })}
				<span className={told !== undefined && told !== lesions.length ? 'attn' : undefined}>
					{told === undefined ? t(`region.${region}`) : t('lesions.told', { count: told })}
				</span>
			</h2>
			<ul>
				{lesions.map((lesion) => (
					<li key={lesion.number}>
						<button type="button" onClick={() => protocol.showLesion(lesion)}>
							<b>{lesion.number}</b>
							<span>
								{lesion.firstSlice === lesion.lastSlice
									? t('lesions.slice', { slice: lesion.firstSlice + 1 })
									: t('lesions.slices', { first: lesion.firstSlice + 1, last: lesion.lastSlice + 1 })}
							</span>
							<span className="v">{formatQuantity(lesion.volumeMl, 'mL', 2)}</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}
