import { type RefObject, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { IssueList } from '../IssueList.tsx';
import { fromInput } from '../open/gather.ts';
import { leftOutSentence } from '../open/sentences.ts';
import { useRead, useRoom } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { ImportFile } from './ImportFile.tsx';
import type { BrokenFile, MaskUpload } from './maskUpload.ts';
import { withRegions } from './withRegions.ts';

/** Takes masks drawn in another tool into the attempt: which file is which region, how it lies, then one edit a region. */
export function ImportDialog() {
	const { session } = useRoom();
	const { dropped } = useRead((session) => ({ dropped: session.files.dropped }));
	const [upload] = useState(() => session.files.upload());
	useEffect(() => () => upload?.close(), [upload]);
	// Also those that are dropped while it is open. What is in the way of an upload is told on the page behind.
	useEffect(() => {
		if (dropped.length > 0) session.files.takeDropped();
		if (!upload) session.showDialog(undefined);
		else if (dropped.length > 0) void upload.add(dropped);
	}, [session, upload, dropped]);
	return upload ? <Opened upload={upload} /> : null;
}

function Opened({ upload }: { readonly upload: MaskUpload }) {
	const { session, t } = useRoom();
	const state = useSyncExternalStore(upload.subscribe, () => upload.state);
	const { placed, issues, usable } = upload.review();
	const close = () => session.showDialog(undefined);
	const takeOver = async () => {
		const taken = await upload.takeOver();
		if (taken) session.files.showImported(taken);
	};
	const chooser = useRef<HTMLInputElement>(null);
	// The row that had the focus is gone.
	const remove = (path: string) => {
		upload.remove(path);
		chooser.current?.focus();
	};
	const holds = state.files.length > 0 || state.reading !== undefined;
	const regions = new Set(usable.map(({ region }) => region)).size;
	const ready = issues.length === 0 && regions > 0 && !state.reading;
	return (
		<Dialog title={t('import.title')} onClose={close} holds={holds}>
			<header>
				<h2>{t('import.title')}</h2>
				<button type="button" className="ib" aria-label={t('dialog.close')} title={t('dialog.close')} onClick={close}>
					<Icon name="x" />
				</button>
			</header>
			<div className="body masks">
				<p>{t('import.formats')}</p>
				<Chooser upload={upload} busy={state.taking} input={chooser} />
				{state.reading && (
					<p className="working" role="status">
						{t('import.reading', { done: state.reading.done, total: state.reading.total })}
					</p>
				)}
				<div role="alert">
					<IssueList issues={withRegions(issues, t)} t={t} />
					{state.problem && <Broken {...state.problem} />}
				</div>
				<ul className="mfiles">
					{state.files.map((file) => (
						<ImportFile
							key={file.path}
							upload={upload}
							file={file}
							placed={placed.filter(({ path }) => path === file.path)}
							onRemove={remove}
						/>
					))}
					{state.broken.map((file) => (
						<li key={file.path} className="broken" data-broken={file.path}>
							<Broken {...file} />
							<button type="button" className="btn qt s" onClick={() => remove(file.path)}>
								{t('import.remove')}
							</button>
						</li>
					))}
					{state.leftOut.map((file, n) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes its order
						<li key={n} className="broken" data-broken={file.path}>
							<b>{file.path}</b>
							<p>{leftOutSentence(file, t)}</p>
						</li>
					))}
				</ul>
			</div>
			<footer>
				<span className="mute sm">{t('import.replaces')}</span>
				<span className="sp" />
				<button type="button" className="btn qt" onClick={close}>
					{t('dialog.cancel')}
				</button>
				<button
					type="button"
					className={ready ? 'btn pri' : 'btn'}
					disabled={!ready || state.taking}
					onClick={() => void takeOver()}
				>
					{state.taking ? t('import.taking') : t('import.action', { count: regions })}
				</button>
			</footer>
		</Dialog>
	);
}

/** A file that could not be read, and why. */
function Broken({ path, issues }: BrokenFile) {
	const { t } = useRoom();
	return (
		<>
			<b>{path}</b>
			{issues.length > 0 ? <IssueList issues={issues} t={t} /> : <p className="attn">{t('import.gone')}</p>}
		</>
	);
}

function Chooser({
	upload,
	busy,
	input,
}: {
	readonly upload: MaskUpload;
	readonly busy: boolean;
	readonly input: RefObject<HTMLInputElement | null>;
}) {
	const { t } = useRoom();
	const id = useId();
	return (
		<p className="choose">
			<input
				ref={input}
				id={id}
				className="vh"
				type="file"
				multiple
				disabled={busy}
				data-choose="masks"
				onChange={({ currentTarget }) => {
					if (currentTarget.files) void upload.add(fromInput(currentTarget.files));
					// The same file can be chosen again once it was mended.
					currentTarget.value = '';
				}}
			/>
			<label className="btn" htmlFor={id} aria-disabled={busy}>
				<Icon name="folder" small />
				{t('import.choose')}
			</label>
			<span className="mute sm">{t('import.drop')}</span>
		</p>
	);
}
