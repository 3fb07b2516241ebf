import { Choosers } from './Choosers.tsx';
import { useOpenRoom } from './context.ts';
import { LeftOutList } from './LeftOutList.tsx';
import { Reading } from './Reading.tsx';

/** Before anything was read. */
export function EmptySheet({ dropFailed }: { readonly dropFailed: boolean }) {
	const { state, t } = useOpenRoom();
	return (
		<section className="empty-sheet" aria-labelledby="open-title">
			<h1 id="open-title">{t('empty.title')}</h1>
			{state.reading || state.sorting !== undefined ? (
				<Reading />
			) : (
				<>
					<p>{t('empty.body')}</p>
					<div className="acts">
						<Choosers first />
					</div>
				</>
			)}
			<div role="alert">
				{state.nothingFound && <p className="attn">{t('nothingFound')}</p>}
				{dropFailed && <p className="attn">{t('dropFailed')}</p>}
			</div>
			<LeftOutList open />
			<p className="mute sm">{t('local')}</p>
		</section>
	);
}
