import { type Catalogue, catalogueSchema } from '../../schemas/caseManifest.ts';
import { readCatalogueJson } from '../../workers/caseSource.ts';

export type CatalogueState =
	| { readonly kind: 'waiting' }
	| ({ readonly kind: 'there' } & Pick<Catalogue, 'cases' | 'making'>)
	| { readonly kind: 'unreachable' | 'damaged' };

/** The built-in cases: from the server, without one as they were read last. */
export async function loadCatalogue(signal: AbortSignal): Promise<CatalogueState> {
	try {
		const parsed = catalogueSchema.safeParse(await readCatalogueJson('/cases/index.json', signal));
		return parsed.success ? { kind: 'there', ...parsed.data } : { kind: 'damaged' };
	} catch (error) {
		// Not JSON: some other server's page, or a file cut short.
		return { kind: error instanceof SyntaxError ? 'damaged' : 'unreachable' };
	}
}
