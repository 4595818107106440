package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.intake.inventory.IntakeException;
import io.regrade.intake.inventory.Problem;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import io.regrade.intake.telemetry.remote.MalformedWriteException;
import io.regrade.ledger.DroppedException;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.WrongStateException;
import io.regrade.pipeline.EvidenceException;
import io.regrade.pipeline.Refusal;
import io.regrade.pipeline.RefusedException;
import io.regrade.pipeline.UnknownFactException;
import io.regrade.pipeline.UnknownTargetException;
import io.regrade.policy.PolicyException;
import io.regrade.policy.bundle.BundleException;
import io.regrade.web.contract.Finding;
import io.vertx.ext.web.handler.HttpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** The one place where a failure becomes an answer. */
final class Problems {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final String MEDIA_TYPE = "application/problem+json";
    private static final String RETRY_SECONDS = "1";

    private Problems() {}

    /** What a failure is to whoever asked; what nobody has foreseen is nobody's business outside. */
    static HttpProblem of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        } else if (failure instanceof HttpProblem problem) {
            return problem;
        } else if (failure instanceof IntakeException intake) {
            return HttpProblem.listed(ProblemType.INVALID, findings(intake), intake.count());
        } else if (failure instanceof MalformedWriteException malformed) {
            return HttpProblem.invalid(List.of(Finding.pointer("", String.valueOf(malformed.getMessage()))));
        } else if (failure instanceof ManifestException refused) {
            return HttpProblem.invalid(List.of(finding(refused)));
        } else if (failure instanceof RefusedException refused) {
            List<Finding> findings =
                    refused.reasons().stream().map(Problems::finding).toList();
            return HttpProblem.listed(ProblemType.UNPROCESSABLE, findings, findings.size());
        } else if (failure instanceof InvalidCursorException cursor) {
            return HttpProblem.invalid(List.of(Finding.parameter("cursor", String.valueOf(cursor.getMessage()))));
        } else if (failure instanceof ExpectationFailedException expectation) {
            return new HttpProblem(ProblemType.PRECONDITION_FAILED, String.valueOf(expectation.getMessage()));
        } else if (failure instanceof UnknownFactException unknown) {
            return HttpProblem.invalid(List.of(Finding.parameter("fact", String.valueOf(unknown.getMessage()))));
        } else if (failure instanceof UnknownTargetException unknown) {
            return new HttpProblem(ProblemType.NOT_FOUND, String.valueOf(unknown.getMessage()));
        } else if (failure instanceof WrongStateException wrong) {
            return new HttpProblem(ProblemType.WRONG_STATE, String.valueOf(wrong.getMessage()));
        } else if (failure instanceof BundleException bundle) {
            List<Finding> findings = bundle.flaws().stream()
                    .map(flaw -> Finding.pointer("", flaw.file() + ": " + flaw.message()))
                    .toList();
            return HttpProblem.listed(ProblemType.INVALID, findings, findings.size());
        } else if (failure instanceof PolicyException policy) {
            List<Finding> findings = policy.diagnostics().stream()
                    .map(one -> Finding.pointer("", one.toString()))
                    .toList();
            return HttpProblem.listed(ProblemType.BAD_POLICY, findings, findings.size());
        } else if (failure instanceof EvidenceException broken) {
            return new HttpProblem(ProblemType.EVIDENCE_BROKEN, String.valueOf(broken.getMessage()));
        } else if (failure instanceof ErasedException erased) {
            return new HttpProblem(ProblemType.GONE, String.valueOf(erased.getMessage()));
        } else if (failure instanceof DroppedException dropped) {
            return new HttpProblem(ProblemType.DROPPED, String.valueOf(dropped.getMessage()));
        } else if (failure instanceof LedgerUnavailableException away) {
            return new HttpProblem(
                    ProblemType.LEDGER_AWAY,
                    away.getMessage() + ". Maybe ask again in " + RETRY_SECONDS + " s",
                    List.of(),
                    Map.of("Retry-After", RETRY_SECONDS));
        } else if (failure instanceof RejectedExecutionException) {
            return new HttpProblem(
                    ProblemType.BUSY,
                    "too many requests are waiting. Maybe ask again in " + RETRY_SECONDS + " s",
                    List.of(),
                    Map.of("Retry-After", RETRY_SECONDS));
        } else if (failure instanceof HttpException http && http.getStatusCode() < 500) {
            return ofStatus(http.getStatusCode());
        }
        return new HttpProblem(
                ProblemType.FAILED, "the request could not be completed; what happened is logged under `instance`");
    }

    /** What a status means that the HTTP server itself has chosen. */
    static HttpProblem ofStatus(int status) {
        ProblemType type = ProblemType.of(status);
        return switch (type) {
            case INVALID -> new HttpProblem(type, "the request is not HTTP as it should be. Maybe its URL is cut off");
            case FAILED -> of(new IllegalStateException("status " + status));
            default -> new HttpProblem(type, type.title());
        };
    }

    /** What reading a body has found. */
    static List<Finding> findings(IntakeException e) {
        return e.problems().stream().map(Problems::finding).toList();
    }

    private static Finding finding(Problem problem) {
        boolean pointer = problem.place().startsWith("/") || problem.place().isEmpty();
        if (problem.line() > 0) {
            return Finding.line(problem.line(), pointer ? problem.place() : null, problem.message());
        }
        return Finding.pointer(pointer ? problem.place() : "", problem.message());
    }

    /** A line of a text; for a byte of a binary, or something within an archive, the message tells the place. */
    private static Finding finding(ManifestException e) {
        Place place = e.place();
        boolean within = place.file().indexOf('!') >= 0 || place.offset() >= 0;
        return place.line() > 0 && !within
                ? Finding.line(place.line(), null, e.problem())
                : Finding.pointer("", within ? place + ": " + e.problem() : e.problem());
    }

    private static Finding finding(Refusal refusal) {
        return refusal.kind() == Refusal.Kind.POINTER
                ? Finding.pointer(refusal.place(), refusal.message())
                : Finding.parameter(refusal.place(), refusal.message());
    }

    /** The document (RFC 9457) of a problem with this one request. */
    static Answer answer(HttpProblem problem, String instance) {
        ObjectNode node = JSON.objectNode();
        node.put("type", problem.type().uri());
        node.put("title", problem.type().title());
        node.put("status", problem.type().status());
        node.put("detail", problem.detail());
        node.put("instance", instance);
        if (!problem.findings().isEmpty()) {
            ArrayNode errors = node.putArray("errors");
            for (Finding finding : problem.findings()) {
                ObjectNode error = errors.addObject();
                if (finding.line() > 0) {
                    error.put("line", finding.line());
                }
                if (finding.pointer() != null) {
                    error.put("pointer", finding.pointer());
                }
                if (finding.parameter() != null) {
                    error.put("parameter", finding.parameter());
                }
                error.put("message", finding.message());
            }
        }
        Answer answer = Answer.json(problem.type().status(), node).as(MEDIA_TYPE);
        for (Map.Entry<String, String> header : problem.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** Adds what the contract finds to what intake has found of the same body; intake has the better words. */
    static List<Finding> merged(List<Finding> intake, List<Finding> contract) {
        List<Finding> all = new ArrayList<>(intake);
        for (Finding finding : contract) {
            boolean told = intake.stream()
                    .anyMatch(one -> one.pointer() != null && one.pointer().equals(finding.pointer()));
            if (!told) {
                all.add(finding);
            }
        }
        return all;
    }
}
