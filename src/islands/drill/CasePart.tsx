import type { ReactNode } from 'react';
import type { Part } from './useLoaded.ts';
import type { Words } from './words.ts';

interface Props<Value> {
	readonly words: Words;
	readonly part: Part<Value>;
	readonly caseId: string;
	children(value: Value): ReactNode;
}

/** A part of a case once it is there; before that, that it is on its way, or why it is not and what to do. */
export function CasePart<Value>({ words: { t }, part, caseId, children }: Props<Value>) {
	switch (part.kind) {
		case 'waiting':
			return (
				<p className="plate-wait" role="status">
					{t('case.waiting')}
				</p>
			);
		case 'failed':
			return (
				<div className="attn" role="alert" data-failure={part.failure}>
					<p>{t(`case.${part.failure}`, { id: caseId })}</p>
					<button type="button" className="btn" onClick={part.retry}>
						{t('case.retry')}
					</button>
				</div>
			);
		case 'there':
			return children(part.value);
	}
}
