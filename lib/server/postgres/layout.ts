import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; this is the user that owns nothing else ("nobody" nearly everywhere). */
const NOBODY = 65534;
/** Under root everything lives here: a checkout under a closed home is out of that user's reach. */
const ROOT_HOME = '/var/lib/big-green';
/** `sun_path` holds 108 bytes on Linux and 104 on macOS, one of them a NUL; the socket's name takes its own. */
const LONGEST_SOCKET_FOLDER = 103 - '/.s.PGSQL.5432'.length;

export type Owner = { uid: number; gid: number };

/** Where the parts of one embedded database are. */
export type Layout = {
  /** The folder of everything that lasts. */
  home: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  log: string;
  lock: string;
  credentials: string;
  /** Where the secret of an installation without BIG_GREEN_SECRET is kept. */
  secret: string;
  /** Folders for the socket, best first; the first that exists or can be made safely is taken. */
  sockets: string[];
  /** Whom the server runs as, when that is not the user of this process. */
  runAs: Owner | undefined;
  /** Who owns the cluster and the socket's folder. */
  owner: Owner;
};

export type LayoutOptions = {
  /** The folder that was asked for; under root it only gives the home its name. */
  dataDir: string;
  user: Owner;
  /** XDG_RUNTIME_DIR, if there is one. */
  runtimeDir?: string | undefined;
  rootHome?: string | undefined;
};

/** Works out where the database of `dataDir` lives for this user. Pure: touches no file. */
export function layoutOf({ dataDir, user, runtimeDir, rootHome = ROOT_HOME }: LayoutOptions): Layout {
  const asked = resolve(dataDir);
  const name = createHash('sha256').update(asked).digest('hex').slice(0, 16);
  const root = user.uid === 0;
  const home = root ? join(rootHome, name) : asked;
  const owner = root ? { uid: NOBODY, gid: NOBODY } : user;
  const shared = `big-green-${owner.uid}`;
  const sockets = root
    ? [join(home, 'socket'), join('/tmp', shared, name)]
    : [
        ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'big-green', name)]),
        join(tmpdir(), shared, name),
        join('/tmp', shared, name),
      ];
  return {
    home,
    cluster: join(home, 'cluster'),
    log: join(home, 'postgres.log'),
    lock: join(home, 'app.lock'),
    credentials: join(home, 'credentials.json'),
    secret: join(home, 'secret'),
    sockets: [...new Set(sockets)].filter((folder) => Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER),
    runAs: root ? owner : undefined,
    owner,
  };
}

/** The user of this process. The embedded database does not run on Windows, which has none. */
export function currentUser(): Owner {
  return { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
}
