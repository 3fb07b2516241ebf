import type { ReactNode } from 'react';
import { formatBytes } from '../../i18n/format.ts';
import { localePath } from '../../i18n/locales.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { Words } from './words.ts';

/** What a row says of a case, built in or own. */
export type ListedCase = Pick<CaseManifest, 'id' | 'title' | 'subtitle' | 'family' | 'difficulty' | 'synthetic'> & {
	readonly bytes: number;
};

interface Props {
	readonly words: Words;
	readonly cases: readonly ListedCase[];
	/** The first case's button has the most contrast: the page's one primary action. */
	readonly primary?: boolean;
	readonly actions?: (listed: ListedCase) => ReactNode;
	/** A switch that stands before the actions, and lines under it. */
	readonly offline?: (listed: ListedCase) => ReactNode;
}

export function CaseRows({ words: { locale, t, terms }, cases, primary = false, actions, offline }: Props) {
	return (
		<ul className={offline ? 'rows kept' : 'rows'}>
			{cases.map((listed, index) => {
				const title = listed.title[locale];
				return (
					<li key={listed.id}>
						<span className="what">
							<b>{title}</b>
							<span className="mute sm">{listed.subtitle[locale]}</span>
						</span>
						<span className="mid sm family">
							{terms(`family.${listed.family}`)}
							{listed.difficulty && <span className="mute"> · {t(`difficulty.${listed.difficulty}`)}</span>}
						</span>
						<span className="mute sm nw">
							{listed.synthetic && <span className="bdg">{t('case.synthetic')}</span>} {formatBytes(listed.bytes)}
						</span>
						{offline?.(listed)}
						<span className="actions">
							{actions?.(listed)}
							<a
								className={primary && index === 0 ? 'btn pri' : 'btn s'}
								href={`${localePath(locale, '/practice/')}?case=${encodeURIComponent(listed.id)}`}
								aria-label={t('case.openNamed', { title })}
							>
								{t('case.open')}
								{primary && index === 0 && (
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
