import { useRoom } from './context.ts';
import { Icon } from './Icon.tsx';
import type { Tool } from './state.ts';

const TOOLS: readonly { tool: Tool; icon: string; key: string }[] = [
	{ tool: 'crosshair', icon: 'cross', key: 'C' },
	{ tool: 'pan', icon: 'pan', key: 'H' },
	{ tool: 'window', icon: 'window', key: 'L' },
	{ tool: 'ruler', icon: 'ruler', key: 'R' },
	{ tool: 'brush', icon: 'brush', key: 'B' },
	{ tool: 'eraser', icon: 'eraser', key: 'E' },
	{ tool: 'lasso', icon: 'poly', key: 'P' },
	{ tool: 'fill', icon: 'fill', key: 'F' },
	{ tool: 'grow', icon: 'grow', key: 'G' },
	{ tool: 'threshold', icon: 'threshold', key: 'T' },
	{ tool: 'slices', icon: 'interp', key: 'I' },
	{ tool: 'shape', icon: 'shape', key: 'O' },
];

const LOOKING: ReadonlySet<Tool> = new Set(['crosshair', 'pan', 'window', 'ruler']);

/** The tools, undo and redo, and what is shown. */
export function ToolRail() {
	const { session, state, t } = useRoom();
	const named = (name: string, key: string) => {
		const label = t('tool.withKey', { name, key });
		return { 'aria-label': label, title: label };
	};
	const drawing = session.canDraw;
	return (
		<nav className="rail" aria-label={t('tools.label')}>
			{TOOLS.map(({ tool, icon, key }) => (
				<button
					key={tool}
					type="button"
					className="ib"
					aria-pressed={state.tool === tool && (drawing || LOOKING.has(tool))}
					disabled={!drawing && !LOOKING.has(tool)}
					onClick={() => session.chooseTool(tool)}
					{...named(t(`tool.${tool}`), key)}
				>
					<Icon name={icon} />
				</button>
			))}
			<hr />
			<button
				type="button"
				className="ib"
				disabled={!state.canUndo || !drawing}
				onClick={() => session.drawing.undo()}
				{...named(t('tool.undo'), 'Ctrl+Z')}
			>
				<Icon name="undo" />
			</button>
			<button
				type="button"
				className="ib"
				disabled={!state.canRedo || !drawing}
				onClick={() => session.drawing.redo()}
				{...named(t('tool.redo'), 'Ctrl+Y')}
			>
				<Icon name="redo" />
			</button>
			<span className="sp" />
			<button
				type="button"
				className="ib"
				onClick={() => session.toggleHidden()}
				{...named(t(state.hidden.size > 0 ? 'tool.showAll' : 'tool.hideAll'), 'S')}
			>
				<Icon name={state.hidden.size > 0 ? 'eyeoff' : 'eye'} />
			</button>
			<button type="button" className="ib" onClick={() => session.showDialog('help')} {...named(t('tool.keys'), '?')}>
				<Icon name="keys" />
			</button>
		</nav>
	);
}
