import type { Region } from '../../../protocol/protocol.ts';
import { useRead, useRoom } from '../context.ts';
import { Answer } from './Answer.tsx';
import { MAY_BE_ABSENT } from './selfCheck.ts';

/** Says of an empty region that there is nothing of it to draw (§6-③); nothing where that cannot be said. */
export function NoneSeen({ region }: { region: Region }) {
	const { session, t } = useRoom();
	const { empty, said } = useRead(({ work }) => ({
		empty: work?.masks.get(region)?.total === 0,
		said: work?.noneSeen.has(region) ?? false,
	}));
	if (!empty || !MAY_BE_ABSENT.includes(region)) return null;
	return (
		<Answer checked={said} onChange={() => session.protocol.tellNoneSeen(region, !said)}>
			{t('noneSeen.tick')}
		</Answer>
	);
}
