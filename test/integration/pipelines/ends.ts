const lostText = 'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n';

export type PipelineEnd = readonly [what: string, script: string, args: readonly string[], stdout: string, stderr: string, status: number];

/** How pipelines end: scripts with their lines apart by bars; what psql 18 does with them by its source. */
export const ends: readonly PipelineEnd[] = [
  [
    'COPY FROM STDIN',
    String.raw`\startpipeline|select 1;|copy t from stdin;|\endpipeline|1|\.|\echo never`,
    [],
    '1\n',
    'COPY in a pipeline is not supported, aborting connection\n',
    2,
  ],
  [
    'COPY TO STDOUT, read after a request to flush',
    String.raw`\startpipeline|copy t to stdout \bind \sendpipeline|\flushrequest|\getresults|\echo never`,
    ['-f', '-'],
    '',
    'howdah:<stdin>:4: COPY in a pipeline is not supported, aborting connection\n',
    2,
  ],
  [
    '\\copy',
    String.raw`\startpipeline|\copy t from /dev/null|\syncpipeline|\getresults|\echo never`,
    [],
    '',
    'COPY in a pipeline is not supported, aborting connection\n',
    2,
  ],
  [
    'a lost connection',
    String.raw`\startpipeline|select 1;|select pg_terminate_backend(pg_backend_pid());|select 2;|\endpipeline|\echo never`,
    [],
    '1\n',
    `FATAL:  terminating connection due to administrator command\n${lostText}`,
    2,
  ],
  [
    'ON_ERROR_STOP: a sync forgives, a read without one does not',
    String.raw`\startpipeline|select nope;|\endpipeline|\echo on|\startpipeline|select nope;|\flushrequest|\getresults|\echo never`,
    ['-v', 'ON_ERROR_STOP=1'],
    'on\n',
    'ERROR:  column "nope" does not exist\nLINE 1: select nope;\n               ^\n',
    3,
  ],
  [
    'ON_ERROR_STOP: what is refused',
    String.raw`\startpipeline|select 1 \bind \g|\echo never`,
    ['-v', 'ON_ERROR_STOP=1'],
    '',
    '\\g not allowed in pipeline mode\n',
    3,
  ],
  // psql sets its savepoint amid the pipeline, is refused, and cannot even end the pipeline any more.
  [
    'ON_ERROR_ROLLBACK sets no savepoints in it',
    String.raw`begin;|\startpipeline|select 1;|\endpipeline|select nope;|select 2;|rollback;`,
    ['-v', 'ON_ERROR_ROLLBACK=on'],
    '1\n2\n',
    'ERROR:  column "nope" does not exist\n',
    0,
  ],
  [
    '-e, which shows the last statement again',
    String.raw`select 1;|\startpipeline|select 2;|\endpipeline`,
    ['-e'],
    'select 1;\n1\nselect 1;\nselect 2;\nselect 2;\n2\n',
    '',
    0,
  ],
  ['-b', String.raw`\startpipeline|select nope;|\flushrequest|\getresults`, ['-b'], '', 'STATEMENT:  select nope;\n', 0],
  ['the end of the input', String.raw`create temp table x ();|\startpipeline|select 1;`, [], '', '', 0],
  ['a lone \\endpipeline', String.raw`\endpipeline`, [], '', 'cannot send pipeline when not in pipeline mode\n', 0],
];
