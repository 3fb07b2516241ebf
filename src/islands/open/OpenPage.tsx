import { type DragEvent, type MouseEvent, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { formatDate } from '../../i18n/format.ts';
import { LANGUAGE_TAG, type Locale, localePath, otherLocale } from '../../i18n/locales.ts';
import { openCaseBridge } from '../../workers/bridge.ts';
import { CheckSheet } from './CheckSheet.tsx';
import { OpenContext } from './context.ts';
import { EmptySheet } from './EmptySheet.tsx';
import { fromDrop } from './gather.ts';
import './open.css';
import { OpenSession } from './openSession.ts';
import { review } from './review.ts';
import { wordsIn } from './words.ts';

/** The page that makes a case out of files from the reader's disk. */
export function OpenPage({ locale: first }: { readonly locale: Locale }) {
	const [locale, setLocale] = useState(first);
	const [session] = useState(() => startSession(first));
	const state = useSyncExternalStore(session.subscribe, () => session.state);
	const [dropping, setDropping] = useState(false);
	const [dropFailed, setDropFailed] = useState(false);
	const words = useMemo(() => wordsIn(locale), [locale]);
	const { t, terms } = words;

	useEffect(() => {
		const back = ({ persisted }: PageTransitionEvent) => persisted && session.resume();
		addEventListener('pageshow', back);
		return () => {
			removeEventListener('pageshow', back);
			session.close();
		};
	}, [session]);

	const drop = async (event: DragEvent) => {
		event.preventDefault();
		setDropping(false);
		try {
			const files = await fromDrop(event.dataTransfer);
			setDropFailed(false);
			await session.add(files);
		} catch (error) {
			if (!(error instanceof DOMException)) throw error;
			setDropFailed(true);
		}
	};
	const drag = (event: DragEvent) => {
		if (!event.dataTransfer.types.includes('Files')) return;
		event.preventDefault();
		setDropping(true);
	};
	const leave = (event: DragEvent) => {
		// Also fired between the parts of the page.
		if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
	};

	/** In place: another address would mean choosing the files again. */
	const switchLanguage = (event: MouseEvent) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey) return;
		event.preventDefault();
		const other = otherLocale(locale);
		const otherTitle = wordsIn(other).terms('open.title');
		history.replaceState(history.state, '', localePath(other, '/open/') + location.search);
		document.documentElement.lang = LANGUAGE_TAG[other];
		document.title = document.title.replace(terms('open.title'), otherTitle);
		setLocale(other);
	};

	const room = useMemo(() => ({ ...words, session, state, review: review(state) }), [words, session, state]);
	return (
		<OpenContext value={room}>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the buttons */}
			<div className="open-room" onDragEnter={drag} onDragOver={drag} onDragLeave={leave} onDrop={drop}>
				<header className="top bar">
					<a className="wm" href={localePath(locale, '/cases/')} title={t('toCases')}>
						<svg aria-hidden="true">
							<use href="#mark" />
						</svg>
						<span className="vh">{t('toCases')}</span>
					</a>
					<div className="case">
						<b>{terms('open.title')}</b>
						<span>{t('notUploaded')}</span>
					</div>
					<span className="sp" />
					<a
						className="btn qt s"
						href={localePath(otherLocale(locale), '/open/')}
						hrefLang={LANGUAGE_TAG[otherLocale(locale)]}
						lang={LANGUAGE_TAG[otherLocale(locale)]}
						data-language-switch={otherLocale(locale)}
						onClick={switchLanguage}
					>
						{terms('language.switch')}
					</a>
				</header>
				<main id="main">
					{state.entries.length > 0 ? <CheckSheet dropFailed={dropFailed} /> : <EmptySheet dropFailed={dropFailed} />}
				</main>
				{dropping && <p className="drop-here">{t('dropNow')}</p>}
			</div>
		</OpenContext>
	);
}

function startSession(locale: Locale): OpenSession {
	const [zh, en] = [wordsIn('zh'), wordsIn('en')];
	const own = locale === 'zh' ? zh : en;
	return new OpenSession({
		bridge: openCaseBridge(),
		store: () => import('../../store/store.ts').then(({ openStore }) => openStore()),
		leaveTo: (id) =>
			location.assign(`${localePath(location.pathname.startsWith('/en/') ? 'en' : 'zh', '/practice/')}?case=${id}`),
		plainName: (now) => own.t('case.plainName', { date: formatDate(now, locale, { now }) }),
		subtitle: { zh: zh.t('case.subtitle'), en: en.t('case.subtitle') },
	});
}
