import type { CaseManifest } from './caseManifest.ts';

/** A name for the exact images of a case. */
export function caseVersion({ series }: CaseManifest): string {
	const text = series.map(({ sequence, bytes, sha256 }) => `${sequence} ${sha256 ?? bytes}`).join('\n');
	// FNV-1a, 32 bits: tells builds of one case apart, protects nothing.
	let hash = 0x811c9dc5;
	for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, '0');
}
