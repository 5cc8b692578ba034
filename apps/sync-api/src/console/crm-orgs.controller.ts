import { Controller, Get, Logger, Req, type OnApplicationBootstrap } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CrmOrgReports, faultOf, type CallBudget, type CrmOrgName, type OrgReport } from '@tandem/domain';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';

interface OrgAnswer {
  readonly org: CrmOrgName;
  readonly budget: CallBudget | undefined;
  /** Undefined where the org could not be asked; `problem` says why. */
  readonly report: OrgReport | undefined;
  readonly problem: { readonly code: string; readonly sentence: string } | undefined;
}

const logger = new Logger('crm-orgs');

/** What the orgs of the CRM have, and what we miss there. Said in the log at start too. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/operations/crm-orgs')
export class CrmOrgsController implements OnApplicationBootstrap {
  constructor(
    private readonly reports: CrmOrgReports,
    private readonly proof: CallerProof,
  ) {}

  /** An org that cannot be reached does not keep the service from starting. */
  onApplicationBootstrap(): void {
    this.answers().then((answers) => answers.forEach(said), logger.error.bind(logger));
  }

  @Get()
  @ApiOperation({
    summary: 'What each org of the CRM has, what is missing there and who can mend it, and how many calls are left.',
  })
  list(@Req() request: FastifyRequest): Promise<readonly OrgAnswer[]> {
    this.proof.assertApiCaller(request.headers);
    return this.answers();
  }

  private answers(): Promise<readonly OrgAnswer[]> {
    return Promise.all(this.reports.names().map((org) => this.answerOf(org)));
  }

  private async answerOf(org: CrmOrgName): Promise<OrgAnswer> {
    const asked = await this.reports.report(org).then(
      (report) => ({ report, problem: undefined }),
      (thrown: unknown) => {
        const { code, message } = faultOf(thrown);
        return { report: undefined, problem: { code, sentence: message } };
      },
    );
    const budget = this.reports.budgets().find((one) => one.org === org)?.budget;
    return { org, budget, ...asked };
  }
}

function said({ org, report, problem }: OrgAnswer): void {
  if (problem) logger.warn({ org, ...problem }, 'An org of the CRM could not be asked what it has.');
  if (!report) return;
  const { features, lacks } = report;
  if (lacks.length === 0) logger.log({ org, features }, 'An org of the CRM has all that we need.');
  else logger.warn({ org, features, lacks }, 'An org of the CRM lacks what we need; see GET /v1/operations/crm-orgs.');
}
