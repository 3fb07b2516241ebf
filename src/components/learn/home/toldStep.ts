import { localePath } from '../../../i18n/locales.ts';
import type { NextStep } from '../../../learning/nextSteps.ts';
import { caseFileUrl, caseFolderUrl } from '../../../workers/caseSource.ts';
import type { Learner } from '../loadLearner.ts';
import type { HomeContext, StepPicture } from './homeData.ts';

/** A step in words. */
export interface ToldStep {
	readonly icon: 'jump' | 'layers' | 'book' | 'brush' | 'play' | 'undo';
	readonly title: string;
	readonly why: string;
	/** Rules it is about, at most three. */
	readonly rules: readonly string[];
	readonly minutes: number;
	readonly href: string;
	readonly action: string;
	readonly picture: StepPicture | undefined;
}

const MOST_RULES = 3;

/** What a step asks for, why, and where it is done. */
export function toldStep(step: NextStep, learner: Learner, { data, t, terms }: HomeContext): ToldStep {
	const { locale, lessons, pictures } = data;
	const path = (rest: string) => localePath(locale, rest);
	const titleOf = (id: string) =>
		learner.titles.get(id)?.[locale] ?? data.workedCases.find((one) => one.id === id)?.title ?? id;
	const practice = (id: string, more: Readonly<Record<string, string>> = {}) =>
		`${path('/practice/')}?${new URLSearchParams({ case: id, ...more })}`;
	const still = (key: string): StepPicture | undefined => {
		const id = pictures[key];
		return id === undefined ? undefined : { kind: 'still', id };
	};
	const pictureOfCase = (id: string | undefined): StepPicture | undefined => {
		if (id === undefined) return undefined;
		const drawn = still(`case:${id}`);
		const listed = learner.cases.find((one) => one.id === id);
		if (drawn || !listed?.thumbnail) return drawn;
		const src = caseFileUrl(caseFolderUrl(id), listed.thumbnail);
		return { kind: 'thumbnail', src, alt: listed.title[locale] };
	};
	const { minutes } = step;
	switch (step.kind) {
		case 'fix': {
			const { caseId, attemptId, where, region } = step;
			const place = where
				? t('do.fix.where', { sequence: terms(`sequence.${where.sequence}`), slice: where.slice + 1 })
				: terms(`region.${region}`);
			return {
				icon: 'undo',
				title: t('do.fix.title', { case: titleOf(caseId) }),
				why: t('do.fix.why', { place }),
				rules: step.rules.slice(0, MOST_RULES),
				minutes,
				href: practice(caseId, { attempt: attemptId }),
				action: t('do.fix.action'),
				picture: pictureOfCase(caseId),
			};
		}
		case 'review': {
			const rules = step.rules.slice(0, MOST_RULES);
			const count = step.rules.length;
			return {
				icon: 'jump',
				title: t(count === 1 ? 'do.review.titleOne' : 'do.review.title', { count }),
				why: step.weak > 0 ? t('do.review.whyWeak', { count: step.weak }) : t('do.review.why'),
				rules,
				minutes,
				href: path('/review/'),
				action: t('do.review.action'),
				picture: rules.map((id) => still(`rule:${id}`)).find(Boolean),
			};
		}
		case 'lesson': {
			const lesson = lessons.find(({ slug }) => slug === step.lesson);
			const { weak, fresh } = step;
			return {
				icon: 'book',
				title: t('do.lesson.title', { order: lesson?.order ?? 1, title: lesson?.title ?? step.lesson }),
				why: weak > 0 ? t('do.lesson.whyWeak', { count: weak }) : t('do.lesson.whyFresh', { count: fresh }),
				rules: [],
				minutes,
				href: path(`/lessons/${step.lesson}/`),
				action: t('do.lesson.action'),
				picture: still(`lesson:${step.lesson}`),
			};
		}
		case 'mock':
			return {
				icon: 'layers',
				title: t('do.mock.title'),
				why: t('do.mock.why'),
				rules: [],
				minutes,
				href: path('/cases/'),
				action: t('do.mock.action'),
				picture: undefined,
			};
		default: {
			const { kind, caseId, place } = step;
			const family = terms(`family.${step.family}`);
			const title = caseId === undefined ? family : titleOf(caseId);
			const isFirst = place.lastAt === undefined;
			const open =
				caseId === undefined
					? `${path('/cases/')}?family=${step.family}`
					: kind === 'worked'
						? path(`/worked/${caseId}/`)
						: practice(caseId);
			const why = place.steppedBack
				? t('way.back')
				: place.needed > 1
					? t('way.count', { good: place.good, needed: place.needed })
					: t(isFirst ? 'way.first' : 'way.on');
			return {
				icon: kind === 'worked' ? 'play' : 'brush',
				title: t(`do.${kind}.title`, { case: title }),
				why: `${t(`do.${kind}.why`, { family })}${why}`,
				rules: [],
				minutes,
				href: kind === 'repair' ? path('/drills/repair/') : open,
				action: t(`do.${kind}.action`),
				picture: pictureOfCase(caseId) ?? pictureOfCase(learner.cases.find((one) => one.family === step.family)?.id),
			};
		}
	}
}
