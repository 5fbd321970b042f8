export type * from './kubernetes/model';
