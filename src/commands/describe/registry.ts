import { describeExtensionContents } from '../../catalog/extension-contents.ts';
import { runList } from '../../catalog/list.ts';
import type { ListRequest } from '../../catalog/list-request.ts';
import { accessMethods, familyFunctions, familyOperators, operatorClasses, operatorFamilies } from '../../catalog/lists/access-methods.ts';
import { objectDescriptions } from '../../catalog/lists/descriptions.ts';
import { foreignDataWrappers, foreignServers, foreignTables, userMappings } from '../../catalog/lists/foreign-data.ts';
import { aggregates, casts, functions, operators } from '../../catalog/lists/functions.ts';
import { accessPrivileges, defaultPrivileges } from '../../catalog/lists/privileges.ts';
import { extendedStatistics, partitionedRelations, relations } from '../../catalog/lists/relations.ts';
import { publications, subscriptions } from '../../catalog/lists/replication.ts';
import {
  configurationParameters,
  databases,
  eventTriggers,
  extensions,
  languages,
  largeObjects,
  roleGrants,
  roleSettings,
  schemas,
  tablespaces,
} from '../../catalog/lists/server-objects.ts';
import {
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchParsers,
  textSearchTemplates,
} from '../../catalog/lists/text-search.ts';
import { collations, conversions, dataTypes, domains } from '../../catalog/lists/types.ts';
import { describePublications } from '../../catalog/publication-contents.ts';
import { describeRelations } from '../../catalog/relation/describe-relation.ts';
import { describeRoles } from '../../catalog/roles.ts';
import { describeTextSearchConfigurations, describeTextSearchParsers } from '../../catalog/text-search-details.ts';
import type { MetaCommand } from '../meta-command.ts';
import { type DescribeEntry, describeCommand } from './describe-command.ts';

// psql takes at most 100 types after the name in \df.
const functionArguments = 101;

const described = (request: ListRequest) => (request.patterns.length > 0 ? describeRelations(request) : runList(relations, request));

// In the order of \?. What follows the letters that name a command is free: psql only looks whether a letter is there.
const entries: readonly DescribeEntry[] = [
  {
    names: ['d'],
    family: /^d[S+]/,
    help: [
      ['\\d[S+]', 'list tables, views, and sequences'],
      ['\\d[S+]  NAME', 'describe table, view, sequence, or index'],
    ],
    describe: described,
  },
  { names: ['da'], family: /^da/, help: [['\\da[S]  [PATTERN]', 'list aggregates']], describe: aggregates },
  { names: ['dA'], family: /^dA[+x]/, help: [['\\dA[+]  [PATTERN]', 'list access methods']], describe: accessMethods },
  {
    names: ['dAc'],
    family: /^dAc/,
    help: [['\\dAc[+] [AMPTRN [TYPEPTRN]]', 'list operator classes']],
    takes: 2,
    describe: operatorClasses,
  },
  {
    names: ['dAf'],
    family: /^dAf/,
    help: [['\\dAf[+] [AMPTRN [TYPEPTRN]]', 'list operator families']],
    takes: 2,
    describe: operatorFamilies,
  },
  {
    names: ['dAo'],
    family: /^dAo/,
    help: [['\\dAo[+] [AMPTRN [OPFPTRN]]', 'list operators of operator families']],
    takes: 2,
    describe: familyOperators,
  },
  {
    names: ['dAp'],
    family: /^dAp/,
    help: [['\\dAp[+] [AMPTRN [OPFPTRN]]', 'list support functions of operator families']],
    takes: 2,
    describe: familyFunctions,
  },
  { names: ['db'], family: /^db/, help: [['\\db[+]  [PATTERN]', 'list tablespaces']], describe: tablespaces },
  { names: ['dc'], family: /^dc(?!onfig)/, help: [['\\dc[S+] [PATTERN]', 'list conversions']], describe: conversions },
  {
    names: ['dconfig'],
    family: /^dconfig/,
    help: [['\\dconfig[+] [PATTERN]', 'list configuration parameters']],
    describe: configurationParameters,
  },
  { names: ['dC'], family: /^dC/, help: [['\\dC[+]  [PATTERN]', 'list casts']], describe: casts },
  {
    names: ['dd'],
    family: /^dd(?!p)/,
    help: [['\\dd[S]  [PATTERN]', 'show object descriptions not displayed elsewhere']],
    describe: objectDescriptions,
  },
  { names: ['dD'], family: /^dD/, help: [['\\dD[S+] [PATTERN]', 'list domains']], describe: domains },
  { names: ['ddp'], family: /^ddp/, help: [['\\ddp    [PATTERN]', 'list default privileges']], describe: defaultPrivileges },
  { names: ['dE'], family: /^dE/, help: [['\\dE[S+] [PATTERN]', 'list foreign tables']], describe: relations },
  { names: ['des'], family: /^des/, help: [['\\des[+] [PATTERN]', 'list foreign servers']], describe: foreignServers },
  { names: ['det'], family: /^det/, help: [['\\det[+] [PATTERN]', 'list foreign tables']], describe: foreignTables },
  { names: ['deu'], family: /^deu/, help: [['\\deu[+] [PATTERN]', 'list user mappings']], describe: userMappings },
  { names: ['dew'], family: /^dew/, help: [['\\dew[+] [PATTERN]', 'list foreign-data wrappers']], describe: foreignDataWrappers },
  {
    names: ['df'],
    family: /^df[anptwSx+]/,
    help: [['\\df[anptw][S+] [FUNCPTRN [TYPEPTRN ...]]\n', 'list [only agg/normal/procedure/trigger/window] functions']],
    takes: functionArguments,
    describe: functions,
  },
  {
    names: ['dF'],
    family: /^dF[+x]/,
    help: [['\\dF[+]  [PATTERN]', 'list text search configurations']],
    describe: (request) => (request.isVerbose ? describeTextSearchConfigurations(request) : runList(textSearchConfigurations, request)),
  },
  { names: ['dFd'], family: /^dFd/, help: [['\\dFd[+] [PATTERN]', 'list text search dictionaries']], describe: textSearchDictionaries },
  {
    names: ['dFp'],
    family: /^dFp/,
    help: [['\\dFp[+] [PATTERN]', 'list text search parsers']],
    describe: (request) => (request.isVerbose ? describeTextSearchParsers(request) : runList(textSearchParsers, request)),
  },
  { names: ['dFt'], family: /^dFt/, help: [['\\dFt[+] [PATTERN]', 'list text search templates']], describe: textSearchTemplates },
  { names: ['dg'], family: /^dg/, help: [['\\dg[S+] [PATTERN]', 'list roles']], describe: describeRoles },
  { names: ['di'], family: /^di/, help: [['\\di[S+] [PATTERN]', 'list indexes']], describe: relations },
  { names: ['dl'], family: /^dl/, help: [['\\dl[+]', 'list large objects, same as \\lo_list']], describe: largeObjects },
  { names: ['dL'], family: /^dL/, help: [['\\dL[S+] [PATTERN]', 'list procedural languages']], describe: languages },
  { names: ['dm'], family: /^dm/, help: [['\\dm[S+] [PATTERN]', 'list materialized views']], describe: relations },
  { names: ['dn'], family: /^dn/, help: [['\\dn[S+] [PATTERN]', 'list schemas']], describe: schemas },
  {
    names: ['do'],
    family: /^do/,
    help: [['\\do[S+] [OPPTRN [TYPEPTRN [TYPEPTRN]]]\n', 'list operators']],
    takes: functionArguments,
    describe: operators,
  },
  { names: ['dO'], family: /^dO/, help: [['\\dO[S+] [PATTERN]', 'list collations']], describe: collations },
  {
    names: ['dp'],
    family: /^dp/,
    help: [['\\dp     [PATTERN]', 'list table, view, and sequence access privileges']],
    describe: accessPrivileges,
  },
  {
    names: ['dP'],
    family: /^dP[+tinx]/,
    help: [['\\dP[itn+] [PATTERN]', 'list [only index/table] partitioned relations [n=nested]']],
    describe: partitionedRelations,
  },
  {
    names: ['drds'],
    family: /^drds/,
    help: [['\\drds [ROLEPTRN [DBPTRN]]', 'list per-database role settings']],
    takes: 2,
    describe: roleSettings,
  },
  // Of psql 16; the \? of psql 15, which ours matches, does not list it.
  { names: ['drg'], family: /^drg/, help: [], describe: roleGrants },
  {
    names: ['dRp'],
    family: /^dRp/,
    help: [['\\dRp[+] [PATTERN]', 'list replication publications']],
    describe: (request) => (request.isVerbose ? describePublications(request) : runList(publications, request)),
  },
  { names: ['dRs'], family: /^dRs/, help: [['\\dRs[+] [PATTERN]', 'list replication subscriptions']], describe: subscriptions },
  { names: ['ds'], family: /^ds/, help: [['\\ds[S+] [PATTERN]', 'list sequences']], describe: relations },
  { names: ['dt'], family: /^dt/, help: [['\\dt[S+] [PATTERN]', 'list tables']], describe: relations },
  { names: ['dT'], family: /^dT/, help: [['\\dT[S+] [PATTERN]', 'list data types']], describe: dataTypes },
  { names: ['du'], family: /^du/, help: [['\\du[S+] [PATTERN]', 'list roles']], describe: describeRoles },
  { names: ['dv'], family: /^dv/, help: [['\\dv[S+] [PATTERN]', 'list views']], describe: relations },
  {
    names: ['dx'],
    family: /^dx/,
    help: [['\\dx[+]  [PATTERN]', 'list extensions']],
    describe: (request) => (request.isVerbose ? describeExtensionContents(request) : runList(extensions, request)),
  },
  { names: ['dX'], family: /^dX/, help: [['\\dX     [PATTERN]', 'list extended statistics']], describe: extendedStatistics },
  { names: ['dy'], family: /^dy/, help: [['\\dy[+]  [PATTERN]', 'list event triggers']], describe: eventTriggers },
  { names: ['l', 'list'], family: /^(?:l|list)[+x]{1,2}$/, help: [['\\l[+]   [PATTERN]', 'list databases']], describe: databases },
];

/** psql's informational commands, all but \sf, \sv and the two below. */
export const describeCommands: readonly MetaCommand[] = entries.map(describeCommand);

export const z = describeCommand({
  names: ['z'],
  family: /^z[Sx]{1,2}$/,
  help: [['\\z      [PATTERN]', 'same as \\dp']],
  describe: accessPrivileges,
});

export const loList = describeCommand({
  names: ['lo_list'],
  family: /^lo_list[+x]{1,2}$/,
  help: [['\\lo_list[+]', 'list large objects']],
  group: 'Large Objects',
  takes: 0,
  describe: largeObjects,
});
