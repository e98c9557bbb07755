export type { Change, ChangeKind } from './changes.ts';
export type { DeliveredEnvironment } from './deliver/delivery.ts';
export { deliver, type DeliverOptions, type DeliverResult } from './deliver/deliver.ts';
export type { ChangedFile, DeliveryDetails, Describe } from './deliver/delivery-details.ts';
export { emergencyOpen, openEmergencies, type EmergencyRecord } from './deliver/emergency-record.ts';
export { folderSource } from './deliver/folder-source.ts';
export type { PlanSource } from './deliver/plan-source.ts';
export type { Provenance } from './deliver/provenance.ts';
export { planOfFolder, type RenderedFolderOptions } from './deliver/rendered-folder.ts';
export { sourceRepository } from './deliver/source-repository.ts';
export { emit, type Comments } from './emit.ts';
export {
  chooseTag,
  compareTags,
  isWithinPolicy,
  type ChosenTag,
  type FluxPolicy,
} from './images/choose-tag.ts';
export { imageFindings, policyText } from './images/image-findings.ts';
export type { ImageLock } from './images/image-lock.ts';
export {
  imagePolicies,
  imagePolicyName,
  type AgentImagePolicy,
  type ImageUpdaterPolicy,
} from './images/image-policies.ts';
export {
  editedImageLock,
  openImageLocks,
  writeImageLock,
  type ImageLockFile,
  type ImageLocks,
} from './images/lock-files.ts';
export { imageLockPath } from './images/lock-path.ts';
export { openRegistry, type Registry, type RegistryOptions } from './images/registry.ts';
export type { RegistryCredentials } from './images/registry-token.ts';
export type { ForgeKind, PullRequest } from './forge/forge.ts';
export { comparedWithRepository, isHardChange, type HardChangesOptions } from './hard-changes.ts';
export type { Variables } from './git/git-environment.ts';
export { annotated, syncedEnvironment } from './agents/agent-files.ts';
export type { LoggedCommit, LoggedFile, Person } from './log/logged-commit.ts';
export { readLog, type ReadLogOptions } from './log/read-log.ts';
export { ownedFiles } from './owned-files.ts';
export { plan, type FilePlace, type Plan, type PlannedFile, type PlanOptions } from './plan.ts';
export { write, type WriteOptions, type WriteResult } from './write.ts';
export { ENVIRONMENTS, FACTS_FILE } from './layout.ts';
