import { useRead, useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import { type Action, keysOf, writtenKey } from './keys/profiles.ts';
import type { Tool } from './state.ts';

const TOOLS: readonly { tool: Tool; icon: string }[] = [
	{ tool: 'crosshair', icon: 'cross' },
	{ tool: 'pan', icon: 'pan' },
	{ tool: 'window', icon: 'window' },
	{ tool: 'ruler', icon: 'ruler' },
	{ tool: 'brush', icon: 'brush' },
	{ tool: 'eraser', icon: 'eraser' },
	{ tool: 'lasso', icon: 'poly' },
	{ tool: 'fill', icon: 'fill' },
	{ tool: 'grow', icon: 'grow' },
	{ tool: 'threshold', icon: 'threshold' },
	{ tool: 'slices', icon: 'interp' },
	{ tool: 'shape', icon: 'shape' },
];

const LOOKING: ReadonlySet<Tool> = new Set(['crosshair', 'pan', 'window', 'ruler']);

/** The tools, undo and redo, and what is shown. */
export function ToolRail() {
	const { session, t } = useRoom();
	const { keyProfile, chosen, canUndo, canRedo, composite, hides, drawing } = useRead(({ state, canDraw }) => ({
		keyProfile: state.keyProfile,
		chosen: state.tool,
		canUndo: state.canUndo,
		canRedo: state.canRedo,
		composite: state.composite,
		hides: state.hidden.size > 0,
		drawing: canDraw,
	}));
	const named = (name: string, action: Action) => {
		const key = writtenKey(keysOf(keyProfile, action)[0] ?? '');
		const label = t('tool.withKey', { name, key });
		return { 'aria-label': label, title: label };
	};
	return (
		<nav className="rail" aria-label={t('tools.label')}>
			{TOOLS.map(({ tool, icon }) => (
				<button
					key={tool}
					type="button"
					className="ib"
					aria-pressed={chosen === tool && (drawing || LOOKING.has(tool))}
					disabled={!drawing && !LOOKING.has(tool)}
					onClick={() => session.chooseTool(tool)}
					{...named(t(`tool.${tool}`), tool)}
				>
					<Icon name={icon} />
				</button>
			))}
			<hr />
			<button
				type="button"
				className="ib"
				disabled={!canUndo || !drawing}
				onClick={() => session.drawing.undo()}
				{...named(t('tool.undo'), 'undo')}
			>
				<Icon name="undo" />
			</button>
			<button
				type="button"
				className="ib"
				disabled={!canRedo || !drawing}
				onClick={() => session.drawing.redo()}
				{...named(t('tool.redo'), 'redo')}
			>
				<Icon name="redo" />
			</button>
			<span className="sp" />
			<button
				type="button"
				className="ib"
				aria-pressed={composite}
				onClick={() => session.panels.toggleComposite()}
				{...named(t('tool.composite'), 'composite')}
			>
				<Icon name="layers" />
			</button>
			<button
				type="button"
				className="ib"
				onClick={() => session.toggleHidden()}
				{...named(t(hides ? 'tool.showAll' : 'tool.hideAll'), 'hide')}
			>
				<Icon name={hides ? 'eyeoff' : 'eye'} />
			</button>
			<button
				type="button"
				className="ib"
				onClick={() => session.showDialog('help')}
				{...named(t('tool.keys'), 'help')}
			>
				<Icon name="keys" />
			</button>
		</nav>
	);
}
