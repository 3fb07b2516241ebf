import type { EditTool } from '../../schemas/attempt.ts';
import type { ToolAction } from '../../scoring/findings/finding.ts';

/** Tools that propose by intensity: the consensus wants what they give gone over by hand (§6-④, §6-⑤). */
const PROPOSING: ReadonlySet<EditTool> = new Set(['grow', 'autoThreshold']);

/** What a tool counts as in the log of tools that findings are made from. */
export function loggedTool(tool: EditTool): ToolAction['tool'] {
	if (PROPOSING.has(tool)) return 'threshold';
	return tool === 'eraser' || tool === 'lassoErase' ? 'eraser' : 'brush';
}
