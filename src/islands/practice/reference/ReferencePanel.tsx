import { voxelVolumeMl } from '../../../grid/grid.ts';
import { formatDateTime, formatQuantity } from '../../../i18n/format.ts';
import { EXPERTS_NEEDED } from '../../../protocol/expert.ts';
import { IssueList } from '../../IssueList.tsx';
import { saveDownload } from '../../saveDownload.ts';
import { useRead, useRoom } from '../context.ts';
import { withRegions } from '../withRegions.ts';
import { namesOf, type Version } from './versions.ts';

const NONE: readonly Version[] = [];

/** The making of a reference: who draws, the versions with who confirmed them, and where the reference goes. */
export function ReferencePanel() {
	const { session, t } = useRoom();
	const { versions, expert, ready, isWhole, busy, canBegin } = useRead(({ state, work, authoring }) => ({
		versions: work?.versions.list ?? NONE,
		expert: state.expert,
		ready: work !== undefined,
		isWhole: authoring.isWhole,
		busy: state.authoring,
		canBegin: authoring.canBegin,
	}));
	const { authoring } = session;
	return (
		<section className="reference">
			<h2>
				{t('reference.heading')}
				{expert !== undefined && <span>{t('reference.drawnBy', { expert })}</span>}
				<button type="button" className="btn s qt" onClick={() => session.showDialog('expert')}>
					{t('reference.change')}
				</button>
			</h2>
			{ready && !isWhole && <p className="attn">{t('reference.incomplete')}</p>}
			{versions.length === 0 && <p className="mute sm">{t('reference.none', { count: EXPERTS_NEEDED })}</p>}
			{canBegin && (
				<p className="row">
					<button type="button" className="btn s" disabled={busy} onClick={() => void authoring.begin()}>
						{t('reference.begin')}
					</button>
				</p>
			)}
			<ol className="versions" reversed>
				{[...versions].reverse().map((version) => (
					<VersionRow key={version.number} version={version} />
				))}
			</ol>
			{authoring.reference && <Destinations />}
			<p className="row">
				<button
					type="button"
					className="btn s"
					disabled={busy || !ready}
					title={t('reference.handOverNote')}
					onClick={() => void authoring.handOver().then((file) => file && saveDownload(file))}
				>
					{t('reference.handOver')}
				</button>
			</p>
			<Told />
		</section>
	);
}

function VersionRow({ version }: { version: Version }) {
	const { session, t, locale } = useRoom();
	const { number, author, at, masks, confirmations } = version;
	const { isDrawn, isReference, compared, canDraw } = useRead(({ state, authoring, canDraw }) => ({
		isDrawn: authoring.current?.number === number,
		isReference: authoring.reference?.number === number,
		compared: state.comparedWith === number,
		canDraw,
	}));
	const { authoring } = session;
	const now = new Date();
	const volumes = masks.map(({ region, sequence, voxels }) => {
		const grid = session.images.gridOf(sequence);
		const volume = grid ? formatQuantity(voxels * voxelVolumeMl(grid), 'mL') : '–';
		return t('reference.volumes', { region: t(`region.${region}`), volume });
	});
	return (
		<li data-version={number}>
			<p>
				<b>{t('reference.version', { number })}</b>
				{isReference && <span className="bdg ok">{t('reference.isReference')}</span>}
				{isDrawn && <span className="mute xs">{t('reference.isDrawn')}</span>}
			</p>
			<p className="mute xs">
				{t('reference.by', { expert: author, at: formatDateTime(new Date(at), locale, { now }) })}
			</p>
			<p className="mute xs">{volumes.join(t('protocol.comma'))}</p>
			<p className={confirmations.length > 0 ? 'xs' : 'mute xs'}>
				{confirmations.length > 0
					? t('reference.confirmedBy', { experts: namesOf(version) })
					: t('reference.unconfirmed')}
			</p>
			<p className="row">
				<button
					type="button"
					className="btn s qt"
					aria-pressed={compared}
					aria-label={t('reference.compareNamed', { number })}
					onClick={() => authoring.compareWith(compared ? undefined : version)}
				>
					{t('reference.compare')}
				</button>
				{!isDrawn && (
					<button
						type="button"
						className="btn s qt"
						disabled={!canDraw}
						aria-label={t('reference.bringBackNamed', { number })}
						onClick={() => authoring.bringBack(version)}
					>
						{t('reference.bringBack')}
					</button>
				)}
			</p>
		</li>
	);
}

/** Where a reference goes that enough experts confirmed: into the case that is kept here, or into a file for the server's. */
function Destinations() {
	const { session, t } = useRoom();
	const { isOwn, replaces, busy } = useRead(({ state }) => ({
		isOwn: state.manifest?.origin === 'device',
		replaces: state.manifest?.reference !== undefined,
		busy: state.authoring,
	}));
	const { authoring } = session;
	return (
		<div className="destinations">
			{isOwn && (
				<button
					type="button"
					className="btn"
					disabled={busy}
					title={replaces ? t('reference.replaces') : undefined}
					onClick={() => void authoring.adopt()}
				>
					{t('reference.adopt')}
				</button>
			)}
			<button
				type="button"
				className={isOwn ? 'btn qt' : 'btn'}
				disabled={busy}
				onClick={() => void authoring.package().then((file) => file && saveDownload(file))}
			>
				{t('reference.package')}
			</button>
			<small className="mute">{t('reference.packageNote')}</small>
		</div>
	);
}

function Told() {
	const { t } = useRoom();
	const { told } = useRead(({ state }) => ({ told: state.authoringTold }));
	if (!told) return null;
	if (told.kind === 'adopted') return <p role="status">{t('reference.adopted', { number: told.version })}</p>;
	return (
		<div className="attn" role="alert">
			<p>{t(told.kind === 'refused' ? 'reference.refused' : `reference.failed.${told.reason}`)}</p>
			{told.kind === 'refused' && <IssueList issues={withRegions(told.issues, t)} t={t} />}
		</div>
	);
}
