/**
 * The part of PouchDB 9 that the store uses. The published types declare a `Buffer` of their own beside Node's,
 * after which no Buffer passes for a Uint8Array any more.
 */
declare namespace PouchDB {
	namespace Core {
		interface Attachment {
			content_type: string;
			data: Blob | Uint8Array;
		}
		type Attachments = Record<string, Attachment>;
		type ExistingDocument<Content extends object> = Content & { _id: string; _rev: string };
		interface DocumentFields {
			_id?: string;
			_rev?: string;
			_attachments?: Attachments;
		}
		interface Response {
			ok: true;
			id: string;
			rev: string;
		}
		interface Failed {
			error: true;
			status: number;
			name: string;
			message: string;
		}
		interface RangeOptions {
			startkey?: string;
			endkey?: string;
			descending?: boolean;
			limit?: number;
			include_docs?: boolean;
		}
		interface Row {
			id: string;
			value: { rev: string };
			/** There with `include_docs`. */
			doc?: ExistingDocument<object>;
		}
	}

	interface Database {
		allDocs(options: Core.RangeOptions): Promise<{ rows: Core.Row[] }>;
		bulkDocs(docs: readonly { _id: string; _rev: string; _deleted: true }[]): Promise<(Core.Response | Core.Failed)[]>;
		close(): Promise<void>;
		compact(): Promise<{ ok: boolean }>;
		get(docId: string): Promise<Core.ExistingDocument<object>>;
		/** A Blob in browsers, a Buffer on Node. */
		getAttachment(docId: string, attachmentId: string): Promise<Blob | Uint8Array>;
		put<Content extends object>(doc: Content & Core.DocumentFields): Promise<Core.Response>;
		remove(doc: Core.ExistingDocument<object>): Promise<Core.Response>;
	}
}

declare module 'pouchdb-core' {
	interface Constructor {
		new (name: string, options: { adapter: 'idb' | 'memory' }): PouchDB.Database;
		plugin(adapter: (db: PouchDB.Database) => void): void;
	}
	const pouchDb: Constructor;
	export default pouchDb;
}
