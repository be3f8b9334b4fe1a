/** libpq's sslmode, with libpq's meaning. */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** One server to try; hosts of a target are tried in order, as libpq does. */
export interface HostAddress {
  /** A name, an address, or the folder of a Unix socket (begins with / or @). */
  readonly host: string;
  /** hostaddr: where to connect without looking `host` up. */
  readonly address?: string;
  readonly port: number;
}

/**
 * Where to connect and how, fully resolved: arguments, conninfo or URI, service file, environment, defaults, in libpq's order.
 * Never holds a password that came from a prompt; `password` is what the target itself or PGPASSWORD gave.
 */
export interface ConnectionTarget {
  readonly hosts: readonly HostAddress[];
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  readonly passfile?: string;
  readonly sslMode: SslMode;
  readonly sslRootCert?: string;
  readonly sslCert?: string;
  readonly sslKey?: string;
  readonly sslPassword?: string;
  /** `disable`: send no client certificate even where one is found. */
  readonly sslCertMode?: 'disable' | 'allow';
  readonly sslCrl?: string;
  /** Absent: the name goes into the TLS hello. */
  readonly sslSni?: false;
  readonly sslMinVersion?: TlsVersion;
  readonly sslMaxVersion?: TlsVersion;
  /** Where root.crt, root.crl, postgresql.crt and postgresql.key are looked for: ~/.postgresql. */
  readonly certificateFolder?: string;
  readonly sslNegotiation?: 'postgres' | 'direct';
  readonly channelBinding?: 'disable' | 'prefer' | 'require';
  readonly targetSessionAttrs?: 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';
  readonly loadBalanceHosts?: boolean;
  /** Seconds for each host; 0 or absent: no limit. */
  readonly connectTimeout?: number;
  /** Goes into the startup packet: application_name, options, client_encoding, DateStyle, TimeZone, geqo … */
  readonly startupParameters: Readonly<Record<string, string>>;
  readonly keepalives: boolean;
  /** The service of the service file that parameters came from. */
  readonly service?: string;
}
