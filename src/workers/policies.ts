import findingsFile from '../../content/policy/findings.json' with { type: 'json' };
import marksFile from '../../content/policy/marks.json' with { type: 'json' };
import { findingsPolicySchema } from '../schemas/findingsPolicy.ts';
import { marksPolicySchema } from '../schemas/marksPolicy.ts';

/** The limits and cuts of the platform, checked once. */
export const findingsPolicy = findingsPolicySchema.parse(findingsFile);
export const marksPolicy = marksPolicySchema.parse(marksFile);
