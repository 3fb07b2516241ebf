declare module 'pouchdb-adapter-idb' {
	const plugin: (db: PouchDB.Database) => void;
	export default plugin;
}
