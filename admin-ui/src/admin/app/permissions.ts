/** The actions the pages ask about; the server decides again on every call. */
export type Permission =
  | 'market.read' | 'market.register' | 'market.amend' | 'market.list' | 'market.suspend' | 'market.delist'
  | 'market.inspect' | 'market.contract' | 'market.annotate' | 'market.plan'
  | 'import.check' | 'import.apply' | 'directory.export'
  | 'return.freeze' | 'return.submit' | 'return.read'
  | 'province.read' | 'province.return' | 'province.accept' | 'province.deadline' | 'province.export'
  | 'account.read' | 'account.invite' | 'account.disable' | 'role.assign' | 'apikey.manage' | 'liaison.set'
  | 'audit.read' | 'audit.verify' | 'job.read' | 'job.cancel' | 'mail.read' | 'mail.retry'
  | 'schema.read' | 'access.explain';
