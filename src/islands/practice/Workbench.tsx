import { type DragEvent, useState } from 'react';
import { formatPercent } from '../../i18n/format.ts';
import { localePath, otherLocale } from '../../i18n/locales.ts';
import { IssueList } from '../IssueList.tsx';
import { fromDrop } from '../open/gather.ts';
import { useRead, useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FileButtons } from './FileButtons.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { type Action, keysOf, writtenKey } from './keys/profiles.ts';
import { NotSaved } from './NotSaved.tsx';
import { OptionBar } from './OptionBar.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import { PanelOptions } from './panels/PanelOptions.tsx';
import { GradeReport } from './protocol/GradeReport.tsx';
import { LesionList } from './protocol/LesionList.tsx';
import { PreReadDialog } from './protocol/PreReadDialog.tsx';
import { PreReadNotice } from './protocol/PreReadNotice.tsx';
import { SelfCheckSide } from './protocol/SelfCheckSide.tsx';
import { Steps } from './protocol/Steps.tsx';
import { RegionList } from './RegionList.tsx';
import { ReportSide } from './ReportSide.tsx';
import { ExpertDialog } from './reference/ExpertDialog.tsx';
import { ReferenceAction } from './reference/ReferenceAction.tsx';
import { ReferencePanel } from './reference/ReferencePanel.tsx';
import { RepairAction } from './repair/RepairAction.tsx';
import { RepairPanel } from './repair/RepairPanel.tsx';
import { RepairSide } from './repair/RepairSide.tsx';
import { RulesPanel } from './rules/RulesPanel.tsx';
import { SavedMark } from './SavedMark.tsx';
import { SliceStrip } from './SliceStrip.tsx';
import { ToolRail } from './ToolRail.tsx';

/** The reading room with a case in it. */
export function Workbench() {
	const { session, t } = useRoom();
	const { manifest, purpose, panels, series, layout, reporting, checks, ready, judged, hints } = useRead(
		({ state, work }) => ({
			manifest: state.manifest,
			purpose: state.purpose,
			panels: state.panels,
			series: state.series,
			layout: state.layout,
			reporting: state.report !== undefined,
			checks: state.checking && !state.report,
			ready: work !== undefined,
			// Nothing is drawn in a set for triage: its score is the pre-read.
			judged: state.manifest?.use === 'triage' && work?.preRead !== undefined,
			// They would tell which error was planted.
			hints: state.purpose !== 'repair' || work?.named !== undefined,
		}),
	);
	if (!manifest) return null;
	const loaded = [...series.values()].filter(({ kind }) => kind !== 'waiting').length;
	const drag = (event: DragEvent) => {
		if (event.dataTransfer.types.includes('Files')) event.preventDefault();
	};
	const drop = (event: DragEvent) => {
		drag(event);
		void session.files.drop(fromDrop(event.dataTransfer));
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the button
		<div className={reporting ? 'wb reporting' : 'wb'} data-ready={ready} onDragOver={drag} onDrop={drop}>
			<Top />
			<ToolRail />
			{reporting ? <CompareBar /> : <OptionBar />}
			<main className={`view n${panels.length}${layout === 'all' ? '' : ` ${layout}`}`} id="main">
				{panels.map((name) => (
					<PanelFrame key={name} name={name} />
				))}
				{loaded < series.size && (
					<div className="loading" role="status">
						<span className="bar-line" style={{ width: `${(100 * loaded) / series.size}%` }} />
						{t('load.opening')} {t('load.progress', { done: loaded, total: series.size })}
					</div>
				)}
			</main>
			<SliceStrip />
			<Place />
			<Keys />
			<aside className="side" aria-label={t(checks ? 'selfCheck.heading' : 'regions.heading')}>
				{reporting && (purpose === 'repair' ? <RepairSide /> : <ReportSide />)}
				{checks && <SelfCheckSide />}
				{!reporting && !checks && (
					<>
						<PurposePanel />
						{judged && <GradeReport />}
						<RegionList />
						<LesionList />
						{hints && <RulesPanel />}
						<Notices />
					</>
				)}
			</aside>
			<OpenDialog />
		</div>
	);
}

/** What the attempt is for, and what it asks for first. */
function PurposePanel() {
	const { purpose } = useRead(({ state }) => ({ purpose: state.purpose }));
	if (purpose === 'reference') return <ReferencePanel />;
	return purpose === 'repair' ? <RepairPanel /> : <PreReadNotice />;
}

function OpenDialog() {
	const { dialog } = useRead(({ state }) => ({ dialog: state.dialog }));
	switch (dialog) {
		case 'preRead':
			return <PreReadDialog />;
		case 'expert':
			return <ExpertDialog />;
		case 'help':
			return <HelpDialog />;
		case 'import':
			return <ImportDialog />;
		case 'export':
			return <ExportDialog />;
		default:
			return null;
	}
}

/** Tells which slice is in front, for who cannot see it. */
function Place() {
	const { t } = useRoom();
	const { sequence, slice, slices } = useRead((session) => {
		const { front } = session.state;
		const panel = front && session.viewer.panel(front);
		return { sequence: front && session.sequenceOf(front), slice: panel?.slice ?? 0, slices: panel?.view?.dims[2] };
	});
	return (
		<p className="vh" role="status">
			{sequence && slices && t('panel.label', { sequence: t(`sequence.${sequence}`), slice: slice + 1, slices })}
		</p>
	);
}

function Top() {
	const { session, t, locale } = useRoom();
	const { manifest, purpose, reporting, checking, scoring, scored, ready } = useRead(({ state, work }) => ({
		manifest: state.manifest,
		purpose: state.purpose,
		reporting: state.report !== undefined,
		checking: state.checking,
		scoring: state.scoring,
		scored: state.scored,
		ready: work !== undefined && !state.elsewhere,
	}));
	if (!manifest) return null;
	const score = () => {
		if (scoring) session.scoring.cancel();
		else session.protocol.askForScore();
	};
	return (
		<header className="top bar">
			<h1 className="vh">{t('page.heading', { title: manifest.title[locale] })}</h1>
			<a className="wm" href={localePath(locale, '/cases/')} title={t('load.toCases')}>
				<svg aria-hidden="true">
					<use href="#mark" />
				</svg>
				<span className="vh">{t('load.toCases')}</span>
			</a>
			<div className="case">
				<b>{manifest.title[locale]}</b>
				<span>{manifest.subtitle[locale] || t(`family.${manifest.family}`)}</span>
			</div>
			{purpose === 'practice' ? (
				<Steps />
			) : (
				<span className="purpose">{t(purpose === 'repair' ? 'repair.title' : 'reference.title')}</span>
			)}
			<a
				className="language"
				href={`${localePath(otherLocale(locale), '/practice/')}${location.search}`}
				hrefLang={otherLocale(locale)}
				data-language-switch={otherLocale(locale)}
			>
				{t('language.switch')}
			</a>
			<SavedMark />
			{purpose === 'reference' ? (
				<ReferenceAction />
			) : purpose === 'repair' ? (
				<RepairAction />
			) : reporting ? (
				<button type="button" className="btn pri" onClick={() => session.scoring.editAgain()}>
					{t('report.edit')}
				</button>
			) : (
				<button
					type="button"
					className={checking ? 'btn' : 'btn pri'}
					disabled={!ready || !manifest.reference}
					title={manifest.reference ? undefined : t('score.noReference')}
					onClick={score}
				>
					{scoring
						? `${t('score.running', { share: formatPercent(scored) })} · ${t('score.cancel')}`
						: t('score.action')}
				</button>
			)}
		</header>
	);
}

function CompareBar() {
	const { session, t } = useRoom();
	const { comparison, regions, chosen } = useRead(({ state }) => ({
		comparison: state.comparison,
		regions: state.regions,
		chosen: state.region,
	}));
	return (
		<section className="opt bar" aria-label={t('report.compare')}>
			{/* Narrower screens have the table beside the images to choose from. */}
			<fieldset className="seg hide-m" aria-label={t('report.region')}>
				{regions.map((region) => (
					<button
						key={region}
						type="button"
						aria-pressed={region === chosen}
						onClick={() => session.chooseRegion(region)}
					>
						{t(`region.${region}`)}
					</button>
				))}
			</fieldset>
			<span className="sp" />
			<span className="hide-m">{t('report.compare')}</span>
			<fieldset className="seg" aria-label={t('report.compare')}>
				<button
					type="button"
					aria-pressed={comparison === 'difference'}
					onClick={() => session.scoring.setComparison('difference')}
				>
					{t('report.compareDifference')}
				</button>
				<button
					type="button"
					aria-pressed={comparison === 'outlines'}
					onClick={() => session.scoring.setComparison('outlines')}
				>
					{t('report.compareOutlines')}
				</button>
				<button
					type="button"
					aria-pressed={comparison === 'none'}
					onClick={() => session.scoring.setComparison('none')}
				>
					{t('report.compareNone')}
				</button>
			</fieldset>
			<button type="button" className="btn s" onClick={() => session.scoring.goToWorstSlice()}>
				{t('report.worst')}
			</button>
			<PanelOptions />
		</section>
	);
}

function Keys() {
	const { t } = useRoom();
	const { keyProfile, reporting } = useRead(({ state }) => ({
		keyProfile: state.keyProfile,
		reporting: state.report !== undefined,
	}));
	const first = (...actions: readonly Action[]) =>
		actions.map((action) => writtenKey(keysOf(keyProfile, action)[0] ?? ''));
	const rows: readonly (readonly [keys: readonly string[], what: string])[] = reporting
		? [
				[first('sliceUp', 'sliceDown'), t('keys.slice')],
				[first('nextError'), t('keys.next')],
				[first('compare'), t('keys.compare')],
				[first('hide'), t('keys.hide')],
				[first('regionBefore', 'regionAfter'), t('keys.region')],
			]
		: [
				[first('sliceUp', 'sliceDown'), t('keys.slice')],
				[first('smaller', 'larger'), t('keys.size')],
				[first('brush'), t('keys.brush')],
				[first('eraser'), t('keys.eraser')],
				[first('hide'), t('keys.hide')],
				[first('regionBefore', 'regionAfter'), t('keys.region')],
				[['Shift'], t('keys.crosshairMove')],
				[first('help'), t('keys.help')],
			];
	return (
		<section className="keys" aria-label={t('keys.title')}>
			{rows.map(([keys, what], n) => (
				<span key={what} className={n > 4 || (reporting && n > 2) ? 'o' : undefined}>
					<span>
						{keys.map((key) => (
							<i className="kbd" key={key}>
								{key}
							</i>
						))}
					</span>
					{what}
				</span>
			))}
			{reporting && (
				<span className="legend">
					<span className="agree">{t('report.agree')}</span>
					<span className="missed">{t('report.missed')}</span>
					<span className="extra">{t('report.extra')}</span>
				</span>
			)}
		</section>
	);
}

/** What needs saying, and starting over. */
function Notices() {
	const { session, t } = useRoom();
	const [asking, setAsking] = useState(false);
	const { notSaved, elsewhere, damagedEntries, scoreProblem, notStarted, unscored, dropProblem, imported, ready } =
		useRead(({ state, work }) => ({
			notSaved: state.saved.kind === 'failed' ? state.saved.reason : undefined,
			elsewhere: state.elsewhere,
			damagedEntries: state.damagedEntries,
			scoreProblem: state.scoreProblem,
			notStarted: state.notStarted,
			unscored: state.purpose === 'practice' && !state.manifest?.reference,
			dropProblem: state.dropProblem,
			imported: state.imported,
			ready: work !== undefined && !state.elsewhere,
		}));
	return (
		<div className="bot">
			{notSaved && <NotSaved reason={notSaved} />}
			{elsewhere && (
				<p className="attn" role="alert">
					{t('load.otherTab')}
				</p>
			)}
			{damagedEntries > 0 && <p className="attn">{t('journal.damaged', { count: damagedEntries })}</p>}
			{scoreProblem && (
				<div className="attn" role="alert">
					<p>{t(scoreProblem === 'nothingDrawn' ? 'score.nothingDrawn' : 'score.failed')}</p>
					{typeof scoreProblem === 'object' && <IssueList issues={scoreProblem} t={t} />}
				</div>
			)}
			{notStarted && (
				<p className="attn" role="alert">
					{t('attempt.failed')}
				</p>
			)}
			{unscored && <p className="mute xs">{t('score.noReference')}</p>}
			{dropProblem && (
				<p className="attn" role="alert">
					{t(`import.drop.${dropProblem}`)}
				</p>
			)}
			{imported.length > 0 && (
				<p role="status">
					{t('import.done', { regions: imported.map((region) => t(`region.${region}`)).join(t('grid.and')) })}
				</p>
			)}
			<FileButtons />
			<button type="button" className="btn s" disabled={!ready} onClick={() => setAsking(true)}>
				{t('attempt.new')}
			</button>
			{asking && (
				<Dialog title={t('attempt.newTitle')} onClose={() => setAsking(false)}>
					<header>
						<h2>{t('attempt.newTitle')}</h2>
					</header>
					<p className="body">{t('attempt.newBody')}</p>
					<footer>
						<button
							type="button"
							className="btn pri"
							onClick={() => {
								setAsking(false);
								void session.startOver();
							}}
						>
							{t('attempt.confirm')}
						</button>
						<button type="button" className="btn qt" onClick={() => setAsking(false)}>
							{t('dialog.cancel')}
						</button>
					</footer>
				</Dialog>
			)}
		</div>
	);
}
