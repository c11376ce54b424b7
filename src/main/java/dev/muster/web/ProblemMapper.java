package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.Problem;
import dev.muster.fleet.Memory.MemoryException;
import dev.muster.fleet.Refused;
import dev.muster.web.stream.Crowded;
import dev.muster.web.view.BadJson;
import dev.muster.web.view.Problems;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns every exception into a problem document. What nobody foresaw goes to the log whole, and to
/// the client as an id that finds it there.
public final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response refused(Refused refused) {
        return answer(Problems.of(refused));
    }

    @ServerExceptionMapper({
        com.fasterxml.jackson.databind.exc.MismatchedInputException.class,
        JsonProcessingException.class
    })
    Response json(JsonProcessingException bad) {
        return answer(BadJson.problem(bad));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException bad) {
            return answer(BadJson.problem(bad));
        }
        int status = e.getResponse().getStatus();
        return status >= 500 ? unforeseen(e) : answer(Problems.ofStatus(status));
    }

    @ServerExceptionMapper
    Response crowded(Crowded e) {
        return answer(
                Problems.of(
                        429,
                        Problem.Code.FAILED,
                        String.valueOf(e.getMessage()),
                        "close some: each shows the whole board, so that a client needs one"));
    }

    /// Nothing was done: what is to be done is written down first.
    @ServerExceptionMapper
    Response memory(MemoryException e) {
        LOG.error("the database failed", e);
        return answer(
                Problems.of(503, Problem.Code.FAILED, String.valueOf(e.getMessage()), e.fix()));
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "unforeseen, shown to the client as %s", id);
        return answer(
                Problems.of(
                        500,
                        Problem.Code.FAILED,
                        "Muster itself failed; its log tells more under " + id,
                        "try again; if it stays, report it with those lines of the log"));
    }

    static Response answer(Problem problem) {
        return Response.status(problem.status()).type(Problems.MEDIA_TYPE).entity(problem).build();
    }
}
