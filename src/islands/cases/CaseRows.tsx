import type { ReactNode } from 'react';
import { formatBytes, formatQuantity } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import type { Catalogue } from '../../schemas/caseManifest.ts';
import { caseFileUrl, caseFolderUrl } from '../../workers/caseSource.ts';
import type { Words } from './words.ts';

/** What a row says of a case, built in or own. */
export type ListedCase = Catalogue['cases'][number];

interface Props {
	readonly words: Words;
	readonly cases: readonly ListedCase[];
	/** The case whose button has the most contrast: the page's one primary action. */
	readonly primaryId?: string;
	readonly actions?: (listed: ListedCase) => ReactNode;
	/** A switch that stands before the actions, and lines under it. */
	readonly offline?: (listed: ListedCase) => ReactNode;
}

export function CaseRows({ words, cases, primaryId, actions, offline }: Props) {
	const { locale, t, terms } = words;
	return (
		<ul className={offline ? 'rows kept' : 'rows'}>
			{cases.map((listed) => {
				const title = listed.title[locale];
				const primary = listed.id === primaryId;
				return (
					<li key={listed.id} data-case={listed.id}>
						{offline && <Thumbnail words={words} listed={listed} />}
						<span className="what">
							<b>{title}</b>
							<span className="mute sm">{listed.subtitle[locale]}</span>
							{listed.teaches && <span className="mid sm">{listed.teaches[locale]}</span>}
							{listed.traps && listed.traps.length > 0 && (
								<span className="mute sm traps">
									{t('case.traps', {
										traps: listed.traps.map((trap) => t(`trap.${trap}`)).join(locale === 'zh' ? '、' : ', '),
									})}
								</span>
							)}
						</span>
						<span className="mid sm family">
							<span>
								{terms(`family.${listed.family}`)}
								{listed.difficulty && <span className="mute"> · {terms(`difficulty.${listed.difficulty}`)}</span>}
							</span>
							{listed.measures && (
								<span className="mute">
									{formatQuantity(listed.measures.volumeMl, 'mL', 0)}
									{' · '}
									{t(listed.measures.lesions === 1 ? 'case.lesion' : 'case.lesions', {
										count: listed.measures.lesions,
									})}
								</span>
							)}
						</span>
						<span className="mute sm nw">
							{listed.synthetic && <span className="bdg">{t('case.synthetic')}</span>} {formatBytes(listed.bytes)}
						</span>
						{offline?.(listed)}
						<span className="actions">
							{actions?.(listed)}
							{offline && <ReportButton words={words} id={listed.id} title={title} />}
							<a
								className={primary ? 'btn pri' : 'btn s'}
								href={`${localePath(locale, '/practice/')}?case=${encodeURIComponent(listed.id)}`}
								aria-label={t('case.openNamed', { title })}
							>
								{t('case.open')}
								{primary && (
									<svg className="ic s" aria-hidden="true">
										<use href="#i-right" />
									</svg>
								)}
							</a>
						</span>
					</li>
				);
			})}
		</ul>
	);
}

/** Opens the dialogue of `components/learn/reportProblem.ts`, which listens on the page. */
function ReportButton({
	words: { problem },
	id,
	title,
}: {
	readonly words: Words;
	readonly id: string;
	readonly title: string;
}) {
	const label = problem('report.of', { report: problem('report'), id: title });
	return (
		<button
			className="ib"
			type="button"
			data-problem="case"
			data-problem-id={id}
			aria-haspopup="dialog"
			aria-label={label}
			title={label}
		>
			<svg className="ic s" aria-hidden="true">
				<use href="#i-flag" />
			</svg>
		</button>
	);
}

/** A small picture of the slice with the most tumour, its place kept free where there is none. */
function Thumbnail({ words: { locale, t, terms }, listed }: { readonly words: Words; readonly listed: ListedCase }) {
	const { id, thumbnail, title } = listed;
	if (!thumbnail) return <span className="thumb" />;
	return (
		<img
			className="thumb"
			src={caseFileUrl(caseFolderUrl(id), thumbnail)}
			alt={t('case.thumbnail', { title: title[locale], sequence: terms(`sequence.${thumbnail.sequence}`) })}
			width={88}
			height={88}
			loading="lazy"
			decoding="async"
		/>
	);
}
