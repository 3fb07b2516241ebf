declare module 'pouchdb-adapter-memory' {
	const plugin: (db: PouchDB.Database) => void;
	export default plugin;
}
