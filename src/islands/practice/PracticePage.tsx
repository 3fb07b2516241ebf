import { lazy, Suspense } from 'react';
import type { Locale } from '../../i18n/locales.ts';

/** The viewer is most of the code: it comes while the page already stands. */
const PracticeRoom = lazy(() => import('./PracticeRoom.tsx').then((module) => ({ default: module.PracticeRoom })));

/** The practice page. */
export function PracticePage({ locale }: { locale: Locale }) {
	return (
		<Suspense fallback={<div className="wb" />}>
			<PracticeRoom locale={locale} />
		</Suspense>
	);
}
