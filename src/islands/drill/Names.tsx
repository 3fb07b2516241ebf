import { useState } from 'react';
import { markName, NAME_PARTS, type NamingItem } from '../../learning/drills/naming.ts';
import { Chips } from './Chips.tsx';
import type { Turn } from './Round.tsx';
import type { Words } from './words.ts';

const RULES = ['R3.2-4', 'R3.2-2'];

interface Props {
	readonly words: Words;
	readonly item: NamingItem;
	readonly turn: Turn;
}

/** Writes or corrects the name of a mask's file. */
export function Names({ words, item, turn }: Props) {
	const { t, locale } = words;
	const { told } = turn;
	const [name, setName] = useState(item.wrong ?? '');
	const mark = markName(item, name);
	return (
		<form
			className="ask"
			onSubmit={(event) => {
				event.preventDefault();
				if (told || name.trim() === '') return;
				turn.answer({ score: mark.score, given: name.trim().slice(0, 120), rules: RULES });
			}}
		>
			<h3>{t(item.wrong === undefined ? 'name.build' : 'name.correct')}</h3>
			<dl className="facts">
				<dt>{t('name.part.patient')}</dt>
				<dd>{item.patient}</dd>
				<dt>{t('name.family')}</dt>
				<dd>{t(`family.${item.family}`)}</dd>
				<dt>{t('name.part.region')}</dt>
				<dd>{t(`region.${item.region}`)}</dd>
			</dl>
			<label className="field">
				<span>{t('name.file')}</span>
				<span className="inp">
					<input
						type="text"
						value={name}
						readOnly={told !== undefined}
						autoComplete="off"
						autoCapitalize="off"
						spellCheck={false}
						maxLength={120}
						onChange={(event) => setName(event.target.value)}
					/>
				</span>
			</label>
			<p className="mute xs">{t('name.codes')}</p>
			{!told && (
				<button type="submit" className="btn pri" data-check disabled={name.trim() === ''}>
					{t('round.check')}
				</button>
			)}
			{told && (
				<div className="told">
					<table className="tbl parts">
						<tbody>
							{NAME_PARTS.map((part) => (
								<tr key={part} data-part={part} data-right={mark.parts[part]}>
									<th scope="row">{t(`name.part.${part}`)}</th>
									<td>{t(mark.parts[part] ? 'round.right' : 'round.wrong')}</td>
									<td>
										{t(`name.rule.${part}`, {
											sequence: t(`sequence.${item.sequence}`),
											code: item.sequence,
											region: item.region,
											patient: item.patient,
										})}
									</td>
								</tr>
							))}
						</tbody>
					</table>
					<p>
						{t('name.right')} <code>{item.right}</code> <Chips locale={locale} rules={['R3.2-4']} />
					</p>
					<p className="mute xs">{t('name.defaults')}</p>
				</div>
			)}
		</form>
	);
}
