import { alterCommon } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

export const textSearch: readonly SqlHelp[] = [
  {
    name: 'ALTER TEXT SEARCH CONFIGURATION',
    description: 'change which dictionaries a configuration asks, its name or owner',
    id: 'sql-altertsconfig',
    synopsis: `ALTER TEXT SEARCH CONFIGURATION name
    { ADD | ALTER } MAPPING FOR token_type [, ...] WITH dictionary [, ...]
ALTER TEXT SEARCH CONFIGURATION name
    ALTER MAPPING [ FOR token_type [, ...] ] REPLACE old_dictionary WITH new_dictionary
ALTER TEXT SEARCH CONFIGURATION name
    DROP MAPPING [ IF EXISTS ] FOR token_type [, ...]
${alterCommon('ALTER TEXT SEARCH CONFIGURATION name')}`,
  },
  {
    name: 'ALTER TEXT SEARCH DICTIONARY',
    description: "change a dictionary's options, name or owner",
    id: 'sql-altertsdictionary',
    synopsis: `ALTER TEXT SEARCH DICTIONARY name ( option [ = value ] [, ...] )
${alterCommon('ALTER TEXT SEARCH DICTIONARY name')}`,
  },
  {
    name: 'ALTER TEXT SEARCH PARSER',
    description: 'rename or move a text search parser',
    id: 'sql-altertsparser',
    synopsis: `ALTER TEXT SEARCH PARSER name RENAME TO new_name
ALTER TEXT SEARCH PARSER name SET SCHEMA new_schema`,
  },
  {
    name: 'ALTER TEXT SEARCH TEMPLATE',
    description: 'rename or move a text search template',
    id: 'sql-altertstemplate',
    synopsis: `ALTER TEXT SEARCH TEMPLATE name RENAME TO new_name
ALTER TEXT SEARCH TEMPLATE name SET SCHEMA new_schema`,
  },
  {
    name: 'CREATE TEXT SEARCH CONFIGURATION',
    description: 'add a text search configuration',
    id: 'sql-createtsconfig',
    synopsis: 'CREATE TEXT SEARCH CONFIGURATION name ( { PARSER = parser | COPY = configuration } )',
  },
  {
    name: 'CREATE TEXT SEARCH DICTIONARY',
    description: 'add a text search dictionary',
    id: 'sql-createtsdictionary',
    synopsis: 'CREATE TEXT SEARCH DICTIONARY name ( TEMPLATE = template [, option = value [, ...] ] )',
  },
  {
    name: 'CREATE TEXT SEARCH PARSER',
    description: 'add a text search parser',
    id: 'sql-createtsparser',
    synopsis: `CREATE TEXT SEARCH PARSER name (
    START = start_function,
    GETTOKEN = gettoken_function,
    END = end_function,
    LEXTYPES = lextypes_function
    [, HEADLINE = headline_function ]
)`,
  },
  {
    name: 'CREATE TEXT SEARCH TEMPLATE',
    description: 'add a text search template',
    id: 'sql-createtstemplate',
    synopsis: 'CREATE TEXT SEARCH TEMPLATE name ( [ INIT = init_function, ] LEXIZE = lexize_function )',
  },
];
