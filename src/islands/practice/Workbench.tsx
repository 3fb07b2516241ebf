import { type DragEvent, useState } from 'react';
import { formatPercent } from '../../i18n/format.ts';
import { localePath, otherLocale } from '../../i18n/locales.ts';
import { IssueList } from '../IssueList.tsx';
import { fromDrop } from '../open/gather.ts';
import { useRoom } from './context.ts';
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
import { LesionList } from './protocol/LesionList.tsx';
import { PreReadDialog } from './protocol/PreReadDialog.tsx';
import { PreReadNotice } from './protocol/PreReadNotice.tsx';
import { SelfCheckSide } from './protocol/SelfCheckSide.tsx';
import { Steps } from './protocol/Steps.tsx';
import { RegionList } from './RegionList.tsx';
import { ReportSide } from './ReportSide.tsx';
import { RulesPanel } from './rules/RulesPanel.tsx';
import { SavedMark } from './SavedMark.tsx';
import { SliceStrip } from './SliceStrip.tsx';
import { ToolRail } from './ToolRail.tsx';

/** The reading room with a case in it. */
export function Workbench() {
	const { session, state, t } = useRoom();
	const { manifest, panels, report } = state;
	if (!manifest) return null;
	const checks = state.checking && !report;
	const loaded = [...state.series.values()].filter(({ kind }) => kind !== 'waiting').length;
	const drag = (event: DragEvent) => {
		if (event.dataTransfer.types.includes('Files')) event.preventDefault();
	};
	const drop = (event: DragEvent) => {
		drag(event);
		void session.dropMasks(fromDrop(event.dataTransfer));
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the button
		<div
			className={report ? 'wb reporting' : 'wb'}
			data-ready={session.work !== undefined}
			onDragOver={drag}
			onDrop={drop}
		>
			<Top />
			<ToolRail />
			{report ? <CompareBar /> : <OptionBar />}
			<main className={`view n${panels.length}${state.layout === 'all' ? '' : ` ${state.layout}`}`} id="main">
				{panels.map((name) => (
					<PanelFrame key={name} name={name} />
				))}
				{loaded < state.series.size && (
					<div className="loading" role="status">
						<span className="bar-line" style={{ width: `${(100 * loaded) / state.series.size}%` }} />
						{t('load.opening')} {t('load.progress', { done: loaded, total: state.series.size })}
					</div>
				)}
			</main>
			<SliceStrip />
			<Place />
			<Keys />
			<aside className="side" aria-label={t(checks ? 'selfCheck.heading' : 'regions.heading')}>
				{report && <ReportSide />}
				{checks && <SelfCheckSide />}
				{!report && !checks && (
					<>
						<PreReadNotice />
						<RegionList />
						<LesionList />
						<RulesPanel />
						<Notices />
					</>
				)}
			</aside>
			{state.dialog === 'preRead' && <PreReadDialog />}
			{state.dialog === 'help' && <HelpDialog />}
			{state.dialog === 'import' && <ImportDialog />}
			{state.dialog === 'export' && <ExportDialog />}
		</div>
	);
}

/** Tells which slice is in front, for who cannot see it. */
function Place() {
	const { session, state, t } = useRoom();
	const panel = state.front && session.viewer.panel(state.front);
	const sequence = state.front && t(`sequence.${session.sequenceOf(state.front)}`);
	return (
		<p className="vh" role="status">
			{panel?.view && sequence && t('panel.label', { sequence, slice: panel.slice + 1, slices: panel.view.dims[2] })}
		</p>
	);
}

function Top() {
	const { session, state, t, locale } = useRoom();
	const { manifest, report, checking, scoring, scored } = state;
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
			<Steps />
			<a
				className="language"
				href={`${localePath(otherLocale(locale), '/practice/')}${location.search}`}
				hrefLang={otherLocale(locale)}
				data-language-switch={otherLocale(locale)}
			>
				{t('language.switch')}
			</a>
			<SavedMark />
			{report ? (
				<button type="button" className="btn pri" onClick={() => session.scoring.editAgain()}>
					{t('report.edit')}
				</button>
			) : (
				<button
					type="button"
					className={checking ? 'btn' : 'btn pri'}
					disabled={!session.work || !manifest.reference || state.elsewhere}
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
	const { session, state, t } = useRoom();
	const { comparison, regions, region: chosen } = state;
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
	const { state, t } = useRoom();
	const first = (...actions: readonly Action[]) =>
		actions.map((action) => writtenKey(keysOf(state.keyProfile, action)[0] ?? ''));
	const rows: readonly (readonly [keys: readonly string[], what: string])[] = state.report
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
				<span key={what} className={n > 4 || (state.report && n > 2) ? 'o' : undefined}>
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
			{state.report && (
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
	const { session, state, t } = useRoom();
	const [asking, setAsking] = useState(false);
	const { scoreProblem, damagedEntries, notStarted, saved } = state;
	return (
		<div className="bot">
			{saved.kind === 'failed' && <NotSaved reason={saved.reason} />}
			{state.elsewhere && (
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
			{!state.manifest?.reference && <p className="mute xs">{t('score.noReference')}</p>}
			{state.dropProblem && (
				<p className="attn" role="alert">
					{t(`import.drop.${state.dropProblem}`)}
				</p>
			)}
			{state.imported.length > 0 && (
				<p role="status">
					{t('import.done', { regions: state.imported.map((region) => t(`region.${region}`)).join(t('grid.and')) })}
				</p>
			)}
			<FileButtons />
			<button
				type="button"
				className="btn s"
				disabled={!session.work || state.elsewhere}
				onClick={() => setAsking(true)}
			>
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
