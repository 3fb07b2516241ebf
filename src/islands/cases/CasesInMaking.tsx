import { useEffect, useRef, useState } from 'react';
import type { Catalogue } from '../../schemas/caseManifest.ts';
import type { Words } from './words.ts';

interface Props {
	readonly words: Words;
	/** At least one. */
	readonly making: Catalogue['making'];
	/** Reads the catalogue again. */
	readonly onLook: () => Promise<void>;
}

const LOOK_EVERY_MS = 2000;
/** Looks without any news after which nothing is being made any more; a volume takes a few seconds. */
const LOOKS_WITHOUT_NEWS = 30;

/** The cases that are still being made, with what is done of them; asks again until all are there or nothing moves. */
export function CasesInMaking({ words: { locale, t }, making, onLook }: Props) {
	const news = JSON.stringify(making);
	const [looks, setLooks] = useState(0);
	const last = useRef(news);
	const stopped = looks >= LOOKS_WITHOUT_NEWS;
	useEffect(() => {
		if (last.current !== news) {
			last.current = news;
			setLooks(0);
		}
	}, [news]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: one look a time, the next after its answer
	useEffect(() => {
		if (stopped) return;
		let gone = false;
		const timer = setTimeout(() => void onLook().then(() => gone || setLooks((count) => count + 1)), LOOK_EVERY_MS);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [looks, news, stopped]);

	const done = making.reduce((sum, each) => sum + each.done, 0);
	const total = making.reduce((sum, each) => sum + each.total, 0);
	const titles = making.map(({ title }) => title[locale]).join(locale === 'zh' ? '、' : ', ');
	return (
		<div className="making">
			<p className="mid sm" role="status">
				{stopped ? t('catalogue.stopped') : t('catalogue.making', { count: making.length, titles })}
			</p>
			{!stopped && <progress aria-label={t('catalogue.progress')} value={done} max={total} />}
		</div>
	);
}
