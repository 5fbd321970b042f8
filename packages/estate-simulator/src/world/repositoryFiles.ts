import { stringify } from 'yaml';
import { CompanySeed, RepositorySeed, ServiceSeed } from '../seed/model';

const sources: Record<string, [path: string, content: string]> = {
  Go: ['main.go', 'package main\n\nfunc main() {}\n'],
  Java: ['src/main/java/Main.java', 'class Main {}\n'],
  Kotlin: ['src/main/kotlin/Main.kt', 'fun main() {}\n'],
  Python: ['app.py', 'print("ready")\n'],
  TypeScript: ['src/index.ts', 'export {};\n'],
  Ruby: ['app.rb', "puts 'ready'\n"],
  Rust: ['src/main.rs', 'fn main() {}\n'],
  Elixir: ['lib/app.ex', 'defmodule App do\nend\n'],
  HCL: ['main.tf', 'terraform {}\n'],
};

/** The files of a repository of code: enough to be read, not to be run. */
export function repositoryFiles(
  company: CompanySeed,
  repository: RepositorySeed,
): Record<string, string> {
  const files: Record<string, string> = {
    'README.md': `# ${repository.name}\n\n${repository.description}\n`,
  };
  if (repository.language) {
    const [path, content] = sources[repository.language];
    files[path] = content;
    files['.github/workflows/ci.yaml'] =
      'name: ci\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n';
  }
  if (repository.codeowners) {
    files[repository.codeowners] = codeowners(company, repository);
  }
  if (repository.catalogInfo) {
    files['catalog-info.yaml'] = catalogInfo(company, repository);
  }
  if (repository.techdocs) {
    files['mkdocs.yml'] =
      `site_name: ${repository.name}\nnav:\n  - Home: index.md\nplugins:\n  - techdocs-core\n`;
    files['docs/index.md'] = `# ${repository.name}\n`;
  }
  if (repository.agentsFile) {
    files['AGENTS.md'] =
      `# Working on ${repository.name}\n\nRun the tests before every commit; never touch files under \`deploy/\`.\n`;
  }
  return files;
}

function codeowners(company: CompanySeed, repository: RepositorySeed): string {
  const team = (slug: string) => `@${company.organization}/${slug}`;
  const lines = ['# Who reviews what', `*  ${team(repository.team)}`];
  if (repository.language) {
    lines.push(
      `/.github/  ${team('platform')} ${team(repository.team)}`,
      `*.tf  ${team('platform')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function catalogInfo(company: CompanySeed, repository: RepositorySeed): string {
  const service = company.services.find(
    ({ repository: name }) => name === repository.name,
  ) as ServiceSeed;
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: service.name,
      description: service.about,
      annotations: {
        'github.com/project-slug': `${company.organization}/${repository.name}`,
        'backstage.io/kubernetes-id': service.name,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `group:default/${service.team}`,
    },
  });
}
